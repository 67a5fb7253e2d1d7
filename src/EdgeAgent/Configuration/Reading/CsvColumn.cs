namespace EdgeAgent.Configuration.Reading;

/// <summary>A column that a table may have.</summary>
/// <param name="Name">As the documentation and every message call it.</param>
/// <param name="Aliases">Other headings that mean the same, above all the Chinese ones.</param>
internal sealed record CsvColumn(string Name, params string[] Aliases)
{
    /// <summary>Whether the column must be there; its cells may still be empty where their reader allows it.</summary>
    public bool IsRequired { get; init; }

    public bool IsCalled(string heading) =>
        Same(Name, heading) || Aliases.Any(alias => Same(alias, heading));

    // "Planned Run Time", "planned-run-time" and "planned_run_time" are one heading.
    private static bool Same(string name, string heading) => string.Equals(
        name, heading.Replace(' ', '_').Replace('-', '_'), StringComparison.OrdinalIgnoreCase);
}
