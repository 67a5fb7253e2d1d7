namespace EdgeAgent.OpcUa.Models;

/// <summary>A state machine of a companion specification that a browse has come upon.</summary>
/// <param name="Machine">Index of the state machine's node.</param>
/// <param name="Variable">Index of the variable that says the state.</param>
/// <param name="Form">How it says so.</param>
/// <param name="Mapping">What is proposed.</param>
public readonly record struct RecognisedState(int Machine, int Variable, StateForm Form, StateMapping Mapping);
