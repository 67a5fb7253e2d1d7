namespace EdgeAgent.OpcUa.Models;

/// <summary>How a variable says which state it is.</summary>
public enum StateForm
{
    /// <summary>The StateNumber: the same in every language.</summary>
    Number,

    /// <summary>The text of CurrentState: the BrowseName of the state as long as the server speaks English.</summary>
    Text,
}
