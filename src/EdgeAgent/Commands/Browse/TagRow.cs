namespace EdgeAgent.Commands.Browse;

/// <summary>A variable as a row of tags.csv, or why it is none.</summary>
/// <param name="Index">Of the node.</param>
/// <param name="Tag">Proposed name.</param>
/// <param name="Device">Proposed name of the machine.</param>
/// <param name="Address">Of the node, with the URI of its namespace.</param>
/// <param name="Type">As in tags.csv; empty where the variable cannot be a tag as it is.</param>
/// <param name="Unit">As in tags.csv; empty where the table has no such unit.</param>
/// <param name="Decimals">Of floating-point numbers.</param>
/// <param name="Interval">As in tags.csv; empty for the default.</param>
/// <param name="Description">For people.</param>
/// <param name="Problem">Why it cannot be a tag as it is, Chinese and English; null where it can.</param>
internal sealed record TagRow(
    int Index,
    string Tag,
    string Device,
    string Address,
    string Type,
    string Unit,
    string Decimals,
    string Interval,
    string Description,
    string? Problem);
