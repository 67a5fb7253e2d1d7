namespace EdgeAgent.OpcUa.Models;

/// <summary>
/// A proposal how the states of a companion specification count. People take it over, with its version, or write their
/// own rule under another name or version.
/// </summary>
/// <param name="Name">Of the rule.</param>
/// <param name="Version">Raised whenever a state counts as something else.</param>
/// <param name="Source">Where the states and their meaning come from.</param>
/// <param name="Caution">What the mapping cannot know, in Chinese and in English.</param>
public sealed record StateMapping(
    string Name,
    string Version,
    string Source,
    (string Chinese, string English) Caution,
    IReadOnlyList<MappedState> States);
