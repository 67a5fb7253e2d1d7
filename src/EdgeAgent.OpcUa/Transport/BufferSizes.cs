using System.Buffers.Binary;

namespace EdgeAgent.OpcUa.Transport;

/// <summary>The five numbers that Hello and Acknowledge share, right behind the frame header.</summary>
internal static class BufferSizes
{
    public const int End = FrameHeader.Length + (5 * sizeof(uint));

    public static uint Read(ReadOnlySpan<byte> frame, int index) =>
        BinaryPrimitives.ReadUInt32LittleEndian(frame[(FrameHeader.Length + (index * sizeof(uint)))..]);

    public static void Write(Span<byte> frame, params ReadOnlySpan<uint> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(frame[(FrameHeader.Length + (i * sizeof(uint)))..], values[i]);
        }
    }
}
