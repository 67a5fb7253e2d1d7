namespace EdgeAgent.Core.Kpi;

/// <summary>
/// A machine whose time and counts are followed (ISO 22400 work unit), with the tags that tell them. Counters are
/// cumulative; a float (tonnes) is rounded to the tag's decimals like a meter.
/// </summary>
public sealed record WorkUnit
{
    public required string DeviceId { get; init; }

    public string? StateTag { get; init; }

    /// <summary>The <see cref="StateRule"/> that reads <see cref="StateTag"/>.</summary>
    public string? StateRule { get; init; }

    /// <summary>PQ: everything made, good or not.</summary>
    public string? ProducedTag { get; init; }

    /// <summary>GQ: good at first pass. Where none is counted, GQ = PQ - SQ - RQ.</summary>
    public string? GoodTag { get; init; }

    /// <summary>SQ.</summary>
    public string? ScrapTag { get; init; }

    /// <summary>RQ. Where none is counted, rework is undeclared and adds nothing.</summary>
    public string? ReworkTag { get; init; }

    /// <summary>Reworked items scrapped in the end; only the defect policy "final" uses it.</summary>
    public string? ReworkScrapTag { get; init; }

    /// <summary>
    /// Where the counters roll over, in their tags' unit, for example 65,536; none where they never do.
    /// </summary>
    public long? CounterModulus { get; init; }

    /// <summary>The only product this unit makes; none where <see cref="ProductTag"/> tells it.</summary>
    public string? ProductId { get; init; }

    /// <summary>A tag whose value, as text, is the id of the product being made.</summary>
    public string? ProductTag { get; init; }
}
