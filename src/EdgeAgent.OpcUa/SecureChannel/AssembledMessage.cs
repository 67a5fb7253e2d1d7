using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.OpcUa.SecureChannel;

/// <summary>A whole message, or why its sender gave it up.</summary>
internal readonly ref struct AssembledMessage
{
    public AssembledMessage(MessageType type, uint requestId, ReadOnlySpan<byte> body)
    {
        Type = type;
        RequestId = requestId;
        Body = body;
    }

    public AssembledMessage(uint requestId, ErrorMessage aborted)
    {
        Type = MessageType.Message;
        RequestId = requestId;
        Aborted = aborted;
    }

    public MessageType Type { get; }

    public uint RequestId { get; }

    /// <summary>Type id and structure; empty where <see cref="Aborted"/> is set.</summary>
    public ReadOnlySpan<byte> Body { get; }

    public ErrorMessage? Aborted { get; }
}
