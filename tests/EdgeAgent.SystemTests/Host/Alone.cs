namespace EdgeAgent.SystemTests.Host;

/// <summary>Tests that want both cores for themselves.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
