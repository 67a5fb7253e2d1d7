namespace EdgeAgent.Configuration.Reading;

/// <summary>The text of one cell, quotes removed and blanks around it trimmed, and the byte where it begins.</summary>
internal readonly record struct CsvField(string Text, int Offset);
