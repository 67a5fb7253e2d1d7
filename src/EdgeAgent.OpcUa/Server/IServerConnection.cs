namespace EdgeAgent.OpcUa.Server;

/// <summary>A client's channel as the services see it. Called under the gate of the address space.</summary>
internal interface IServerConnection
{
    ChannelSecurity Security { get; }

    /// <summary>Largest response that the client takes.</summary>
    int MaxMessageBytes { get; }

    /// <summary>False while the client leaves too much unread.</summary>
    bool HasRoom { get; }

    /// <summary>Sends a whole response: type id and structure.</summary>
    void Respond(uint requestId, ReadOnlySpan<byte> message);
}
