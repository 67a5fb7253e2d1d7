using System.Diagnostics.CodeAnalysis;

namespace EdgeAgent.Configuration;

/// <summary>Either a complete configuration or everything that is wrong with it; never half of each.</summary>
internal sealed record ConfigResult
{
    /// <summary>Null if and only if there are errors.</summary>
    public required PlantConfig? Config { get; init; }

    /// <summary>In order of file and line.</summary>
    public required IReadOnlyList<ConfigError> Errors { get; init; }

    /// <summary>Legal but suspicious, in order of file and line.</summary>
    public required IReadOnlyList<ConfigError> Warnings { get; init; }

    /// <summary>Errors and warnings beyond <see cref="Reading.Findings.MaxPerFile"/>, counted but not kept.</summary>
    public required int OmittedCount { get; init; }

    [MemberNotNullWhen(true, nameof(Config))]
    public bool IsValid => Config is not null;
}
