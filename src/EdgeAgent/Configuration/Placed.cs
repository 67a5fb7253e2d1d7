using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration;

/// <summary>A record with the row it was read from, for the checks that look at more than one row.</summary>
internal sealed record Placed<T>(T Value, CsvRow Row);
