namespace EdgeAgent.OpcUa.Transport;

/// <summary>The first three bytes of a frame (Part 6, 6.7.2.2 and 7.1.2.2).</summary>
internal enum MessageType : byte
{
    Hello,
    Acknowledge,
    Error,
    OpenSecureChannel,
    Message,
    CloseSecureChannel,
}
