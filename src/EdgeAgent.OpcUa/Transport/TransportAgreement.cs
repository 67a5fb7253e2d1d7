namespace EdgeAgent.OpcUa.Transport;

/// <summary>What both sides hold to after Hello and Acknowledge, in bytes and chunks, seen from this side.</summary>
/// <param name="ReceiveChunkBytes">Largest chunk the peer may send.</param>
/// <param name="SendChunkBytes">Largest chunk the peer takes.</param>
/// <param name="ReceiveMessageBytes">Largest message this side takes.</param>
/// <param name="ReceiveChunkCount">Most chunks of one message this side takes.</param>
/// <param name="SendMessageBytes">Largest message the peer takes.</param>
/// <param name="SendChunkCount">Most chunks of one message the peer takes.</param>
internal readonly record struct TransportAgreement(
    int ReceiveChunkBytes,
    int SendChunkBytes,
    int ReceiveMessageBytes,
    int ReceiveChunkCount,
    int SendMessageBytes,
    int SendChunkCount)
{
    /// <summary>The client's judgement of the server's answer (Part 6, 7.1.2.4).</summary>
    /// <exception cref="OpcUaException">The server promises more than was asked, or less than is allowed.</exception>
    public static TransportAgreement Of(TransportLimits limits, Acknowledge acknowledge)
    {
        // The server shall answer with a version that is not above the one that the Hello asked for.
        if (acknowledge.ProtocolVersion > Hello.CurrentVersion)
        {
            throw new OpcUaException(
                StatusCodes.BadProtocolVersionUnsupported,
                $"The server chose version {acknowledge.ProtocolVersion} of OPC UA TCP, not {Hello.CurrentVersion}.");
        }

        return new(
            ReceiveChunkBytes: Checked("SendBufferSize", acknowledge.SendBufferSize, limits.ChunkBytes),
            SendChunkBytes: Checked("ReceiveBufferSize", acknowledge.ReceiveBufferSize, limits.ChunkBytes),
            ReceiveMessageBytes: limits.MessageBytes,
            ReceiveChunkCount: limits.ChunkCount,
            SendMessageBytes: OrLess(acknowledge.MaxMessageSize, limits.MessageBytes),
            SendChunkCount: OrLess(acknowledge.MaxChunkCount, limits.ChunkCount));
    }

    /// <summary>The server's answer to a client (Part 6, 7.1.2.3).</summary>
    /// <exception cref="OpcUaException">The client offers less than is allowed.</exception>
    public static (TransportAgreement Agreement, Acknowledge Answer) Of(TransportLimits limits, Hello hello)
    {
        // A higher version is accepted: the client has to put up with ours.
        if (hello.ReceiveBufferSize < TransportLimits.MinChunkBytes
            || hello.SendBufferSize < TransportLimits.MinChunkBytes)
        {
            throw new OpcUaException(
                StatusCodes.BadConnectionRejected,
                $"The client offers buffers of {hello.ReceiveBufferSize} and {hello.SendBufferSize} bytes; "
                + $"at least {TransportLimits.MinChunkBytes} are needed.");
        }

        var agreement = new TransportAgreement(
            ReceiveChunkBytes: OrLess(hello.SendBufferSize, limits.ChunkBytes),
            SendChunkBytes: OrLess(hello.ReceiveBufferSize, limits.ChunkBytes),
            ReceiveMessageBytes: limits.MessageBytes,
            ReceiveChunkCount: limits.ChunkCount,
            SendMessageBytes: OrLess(hello.MaxMessageSize, limits.MessageBytes),
            SendChunkCount: OrLess(hello.MaxChunkCount, limits.ChunkCount));
        return (agreement, new(
            Hello.CurrentVersion,
            (uint)agreement.ReceiveChunkBytes,
            (uint)agreement.SendChunkBytes,
            (uint)limits.MessageBytes,
            (uint)limits.ChunkCount));
    }

    // Zero says "no limit"; what is sent is limited all the same.
    private static int OrLess(uint said, int own) => said == 0 || said > (uint)own ? own : (int)said;

    private static int Checked(string name, uint said, int asked)
    {
        if (said < TransportLimits.MinChunkBytes || said > (uint)asked)
        {
            throw new OpcUaException(
                StatusCodes.BadTcpNotEnoughResources,
                $"The server's Acknowledge says {name} = {said} bytes, allowed are {TransportLimits.MinChunkBytes} "
                + $"to the {asked} that were asked for.");
        }

        return (int)said;
    }
}
