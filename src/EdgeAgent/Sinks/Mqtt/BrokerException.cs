namespace EdgeAgent.Sinks.Mqtt;

/// <summary>The connection to the broker cannot be made or has ended.</summary>
internal sealed class BrokerException : Exception
{
    public BrokerException(bool refused, string reason, string remedy, Exception? inner = null)
        : base($"{reason} {remedy}", inner) => (IsRefused, Reason, Remedy) = (refused, reason, remedy);

    /// <summary>True if trying again will not help until a person changes something.</summary>
    public bool IsRefused { get; }

    public string Reason { get; }

    /// <summary>What that person can change; may be empty.</summary>
    public string Remedy { get; }
}
