using EdgeAgent.Configuration.Reading;
using EdgeAgent.Configuration.Registers;

namespace EdgeAgent.Configuration;

/// <summary>"limits" of an endpoint: what one request may ask for.</summary>
internal sealed record EndpointLimitsConfig
{
    // More ranges than this are a table of what may be read, which is what tags.csv is.
    private const int MaxForbidden = 1000;

    public static EndpointLimitsConfig Default { get; } = Read(JsonSection.Empty());

    public required int MaxRegisters { get; init; }

    public required int MaxBits { get; init; }

    /// <summary>Registers read in vain to save a request.</summary>
    public required int MaxGap { get; init; }

    /// <summary>Ranges that are never read, not even in vain.</summary>
    public required IReadOnlyList<RegisterRange> Forbidden { get; init; }

    public static EndpointLimitsConfig Read(JsonSection json)
    {
        var forbidden = json.Fields("forbidden", "\"holding:100-199\"");
        if (forbidden.Count > MaxForbidden)
        {
            forbidden[MaxForbidden].Error(
                ($"：最多 {MaxForbidden} 段", $"is one too many: at most {MaxForbidden}"),
                ("合并相邻的段", "join neighbouring ranges"));
        }

        var config = new EndpointLimitsConfig
        {
            // Modbus Application Protocol V1.1b3, 6.3 and 6.1: what fits into one reply.
            MaxRegisters = json["maxRegisters"].Integer(125, 1, 125),
            MaxBits = json["maxBits"].Integer(2000, 1, 2000),

            // A request costs a round trip, at 19,200 baud as long as some 16 registers take on the line.
            MaxGap = json["maxGap"].Integer(16, 0, 124),
            Forbidden = [.. forbidden.Take(MaxForbidden).Select(RegisterRange.Read).OfType<RegisterRange>()],
        };
        json.Finish();
        return config;
    }
}
