using System.Text.Json;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.Tests.OpcUa.SecureChannel;

/// <summary>
/// The corpora's server-to-client bytes through framing, channel and assembler, as a client reads them.
/// </summary>
public sealed class HostileFrameTests
{
    private const string Folder = "data/corpora/opcua";

    [Theory]
    [InlineData("frame-size-max.bin", StatusCodes.BadTcpMessageTooLarge)]
    [InlineData("frame-http.bin", StatusCodes.BadTcpMessageTypeInvalid)]
    [InlineData("ack-buffer-larger-than-requested.bin", StatusCodes.BadTcpNotEnoughResources)]
    [InlineData("err-null-reason.bin", StatusCodes.BadUnexpectedError)]
    [InlineData("seq-gap.bin", StatusCodes.BadSequenceNumberInvalid)]
    [InlineData("seq-early-wrap.bin", StatusCodes.BadSequenceNumberInvalid)]
    [InlineData("token-id-wrong.bin", StatusCodes.BadSecureChannelTokenUnknown)]
    public void Each_ends_the_connection_with_its_code(string file, uint status)
    {
        var bytes = File.ReadAllBytes(TestPaths.Shared($"{Folder}/hostile/{file}"));
        Assert.Equal(new StatusCode(status), Assert.Throws<OpcUaException>(() => Read(bytes)).Status);
    }

    [Fact]
    public void Chunks_without_a_last_one_are_held_and_end_at_the_limit()
    {
        var bytes = File.ReadAllBytes(TestPaths.Shared($"{Folder}/hostile/two-intermediate-no-final.bin"));
        Assert.Equal(0, Read(bytes));
        var error = Assert.Throws<OpcUaException>(() => Read(bytes, maxChunks: 1));
        Assert.Equal(StatusCodes.BadResponseTooLarge, error.Status.Value);
    }

    [Fact]
    public void Every_frame_of_the_manifest_is_named_above()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(TestPaths.Shared($"{Folder}/hostile/manifest.json")));
        var frames = manifest.RootElement.EnumerateArray()
            .Where(entry => entry.GetProperty("stage").GetString() == "frame");
        Assert.Equal(8, frames.Count());
    }

    [Fact]
    public void Every_captured_and_hostile_file_is_whole_messages_or_a_declared_error()
    {
        var files = Directory.EnumerateFiles(TestPaths.Shared(Folder), "*.bin", SearchOption.AllDirectories).ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            try
            {
                Read(File.ReadAllBytes(file));
            }
            catch (OpcUaException)
            {
                // Declared.
            }
        }
    }

    /// <summary>Reads frames until the bytes end; the count of whole messages.</summary>
    private static int Read(byte[] bytes, int maxChunks = 1_000)
    {
        var limits = new TransportLimits();
        const int size = 1 << 20;
        var agreement =
            new TransportAgreement(limits.ChunkBytes, limits.ChunkBytes, size, maxChunks, size, maxChunks);
        using var reader = new ChunkReader { ChannelId = 1 };
        using var assembler = new MessageAssembler(agreement, StatusCodes.BadResponseTooLarge);
        reader.AddToken(1, null, long.MaxValue);
        var messages = 0;
        for (var offset = 0; FrameHeader.TryRead(bytes.AsSpan(offset), agreement.ReceiveChunkBytes, out var frame);)
        {
            if (frame.Size > bytes.Length - offset)
            {
                return messages;
            }

            var whole = bytes.AsSpan(offset, frame.Size);
            switch (frame.Type)
            {
                case MessageType.Acknowledge:
                    TransportAgreement.Of(limits, Acknowledge.Decode(whole));
                    break;
                case MessageType.Error:
                    var error = ErrorMessage.Decode(whole[FrameHeader.Length..]);
                    throw new OpcUaException(error.Error, error.ToString());
                case MessageType.OpenSecureChannel:
                    reader.ReadOpen(bytes, offset, frame, OpenSecurity.None);
                    break;
                case MessageType.Hello:
                    Hello.Decode(whole);
                    break;
                default:
                    var chunk = reader.Read(bytes, offset, frame, 0);
                    messages += assembler.TryAdd(bytes, chunk, out _) ? 1 : 0;
                    break;
            }

            offset += frame.Size;
        }

        return messages;
    }
}
