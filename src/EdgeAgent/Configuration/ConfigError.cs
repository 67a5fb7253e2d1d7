namespace EdgeAgent.Configuration;

/// <summary>
/// One thing to correct in the configuration folder, or, among the warnings, one thing to look at again.
/// </summary>
/// <param name="File">Path inside the folder with forward slashes, for example "kpi/meters.csv".</param>
/// <param name="Line">Physical line, from 1; 0 when the file as a whole is meant.</param>
/// <param name="Column">Character in the line, from 1; null when the file as a whole is meant.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Remedy">What to write instead.</param>
internal sealed record ConfigError(string File, int Line, int? Column, Bilingual Message, Bilingual Remedy);
