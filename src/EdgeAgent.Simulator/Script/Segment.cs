namespace EdgeAgent.Simulator.Script;

/// <summary>A stretch of a machine's day in one state, with one reason and one product set.</summary>
/// <param name="FromSecond">Seconds since the day's start; the segment ends where the next one begins.</param>
/// <param name="State">What the machine does.</param>
/// <param name="Reason">Which of the machine's codes for that state it shows.</param>
/// <param name="Cycle">Index of the product in the machine's list of cycles.</param>
internal readonly record struct Segment(int FromSecond, MachineState State, byte Reason, byte Cycle);
