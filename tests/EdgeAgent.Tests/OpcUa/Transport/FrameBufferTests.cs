using CsCheck;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.Tests.OpcUa.Transport;

public sealed class FrameBufferTests
{
    private const int MaxFrame = 64;

    [Fact]
    public void Frames_come_out_whole_and_in_order_however_the_bytes_come_in() =>
        Gen.Select(Gen.Int[8, MaxFrame].Array[1, 60], Gen.Int[1, 300].Array[1, 20]).Sample((sizes, reads) =>
        {
            var sent = sizes.SelectMany(Frame).ToArray();
            var buffer = new FrameBuffer(MaxFrame);
            var found = new List<byte>();
            for (int at = 0, i = 0; at < sent.Length; i++)
            {
                var free = buffer.Free;
                var count = Math.Min(Math.Min(reads[i % reads.Length], free.Length), sent.Length - at);
                if (count == 0)
                {
                    return false;
                }

                sent.AsMemory(at, count).CopyTo(free);
                buffer.Added(count);
                at += count;
                while (buffer.TryTake(MaxFrame, out var frame, out var offset))
                {
                    found.AddRange(buffer.Bytes.AsSpan(offset, frame.Size));
                }
            }

            return found.SequenceEqual(sent) && !buffer.HasRest;
        });

    [Fact]
    public void A_frame_above_the_limit_is_refused_though_the_buffer_could_hold_it()
    {
        var buffer = new FrameBuffer(MaxFrame);
        Frame(33).CopyTo(buffer.Free);
        buffer.Added(8);
        var error = Assert.Throws<OpcUaException>(() => buffer.TryTake(32, out _, out _));
        Assert.Equal(StatusCodes.BadTcpMessageTooLarge, error.Status.Value);
    }

    private static byte[] Frame(int size)
    {
        var frame = new byte[size];
        frame.AsSpan().Fill((byte)size);
        new FrameHeader(MessageType.Message, ChunkType.Final, size).Write(frame);
        return frame;
    }
}
