namespace EdgeAgent.Modbus.Planning;

/// <summary>One request of a plan.</summary>
/// <param name="Range">What is asked for.</param>
/// <param name="First">The first of its points, as a position in <see cref="ReadPlan.Order"/>.</param>
/// <param name="Count">Its points.</param>
public readonly record struct ReadBlock(AddressRange Range, int First, int Count);
