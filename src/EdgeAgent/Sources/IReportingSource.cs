using EdgeAgent.Core.Pipeline;

namespace EdgeAgent.Sources;

/// <summary>A source that people can look at while it runs. Any thread.</summary>
internal interface IReportingSource : ISource
{
    /// <summary>Why it does not read as it should, and what to do; null while it does.</summary>
    string? Trouble { get; }

    SourceFigures Figures { get; }
}
