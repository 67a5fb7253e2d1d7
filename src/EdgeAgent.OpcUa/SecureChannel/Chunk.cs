using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.OpcUa.SecureChannel;

/// <summary>
/// A received chunk after all checks: where its part of the message lies in the buffer, in the clear.
/// </summary>
internal readonly record struct Chunk(MessageType Type, ChunkType Kind, uint RequestId, int Offset, int Length);
