namespace EdgeAgent.OpcUa.Models;

/// <summary>One state of a companion specification.</summary>
/// <param name="Number">Its StateNumber in the specification's nodes.</param>
/// <param name="Name">Its BrowseName, which is also the English text of CurrentState.</param>
/// <param name="Element">What it counts as; null where it says nothing, so that the time stays unknown.</param>
public readonly record struct MappedState(uint Number, string Name, TimeElement? Element);
