namespace EdgeAgent.Configuration;

/// <summary>A unit of measurement as it is printed.</summary>
/// <param name="Symbol">The one way to write it here.</param>
/// <param name="Quantity">What it measures.</param>
/// <param name="Factor">How many of the quantity's first unit one of these is; 1 where there is no such figure.</param>
/// <param name="Aliases">Other ways people write it; a message then names the symbol.</param>
internal sealed record Unit(string Symbol, Quantity Quantity, decimal Factor, params string[] Aliases);
