namespace EdgeAgent.OpcUa.Transport;

/// <summary>The fourth byte of a frame (Part 6, 6.7.2.2).</summary>
internal enum ChunkType : byte
{
    /// <summary>'F': the last chunk of a message, and every frame that is not part of a chunked message.</summary>
    Final,

    /// <summary>'C': more chunks of the same message follow.</summary>
    Intermediate,

    /// <summary>'A': the sender gave the message up; the body is an error (Part 6, 6.7.3).</summary>
    Abort,
}
