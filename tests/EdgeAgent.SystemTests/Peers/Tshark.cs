using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Xml;

namespace EdgeAgent.SystemTests.Peers;

/// <summary>
/// A conversation over one TCP port of the loopback interface, recorded by dumpcap and decoded by tshark: what was on
/// the wire according to somebody else.
/// </summary>
internal sealed class Tshark : IAsyncDisposable
{
    // The ids of the encodings: what tshark calls opcua.servicenodeid.numeric.
    public const int ReadResponse = 634;
    public const int HistoryReadResponse = 667;
    public const int PublishResponse = 829;
    public const int RepublishResponse = 835;

    private readonly TempFolder _folder = new();
    private readonly UdpClient _marker = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly string _tshark;
    private readonly int _port;
    private ChildProcess? _dumpcap;

    private Tshark(string tshark, int port) => (_tshark, _port) = (tshark, port);

    private string File => _folder.File("conversation.pcapng");

    /// <summary>Starts to record; what is sent after this returns is in the recording.</summary>
    public static async Task<Tshark> CaptureAsync(int port)
    {
        var tshark = ChildProcess.Require("tshark", "tshark");
        var dumpcap = ChildProcess.Require("dumpcap", "tshark");
        var capture = new Tshark(tshark, port);
        try
        {
            await capture.StartAsync(dumpcap);
            return capture;
        }
        catch
        {
            await capture.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Messages of a server as they would have been recorded: each frame in a TCP conversation of its own, the
    /// server's port <paramref name="port"/>.
    /// </summary>
    public static async Task<Tshark> OfAsync(IReadOnlyList<byte[]> frames, int port)
    {
        var recording = new Tshark(ChildProcess.Require("tshark", "tshark"), port);
        await System.IO.File.WriteAllBytesAsync(recording.File, PacketFile.Of(frames, (ushort)port));
        return recording;
    }

    /// <summary>Ends the recording: everything sent before this call is in it.</summary>
    public async Task StopAsync()
    {
        await MarkAsync();
        await _dumpcap!.TerminateAsync();
        var dropped = _dumpcap.Output.Split('\n').FirstOrDefault(
            line => line.Contains("received/dropped", StringComparison.Ordinal));
        Assert.True(
            dropped?.Contains("/0 (", StringComparison.Ordinal) ?? false, $"packets were lost: {_dumpcap.Output}");
    }

    /// <summary>Whether these bytes were sent in either direction, in one piece.</summary>
    public bool Contains(ReadOnlySpan<byte> bytes) => System.IO.File.ReadAllBytes(File).AsSpan().IndexOf(bytes) >= 0;

    /// <summary>Every DataValue of the messages of these kinds, in the order sent.</summary>
    public async Task<IReadOnlyList<TsharkValue>> ReadValuesAsync(params int[] services) =>
        [.. (await DecodeAsync(services)).SelectMany(message => TsharkValue.In(message))];

    /// <summary>The names of the services of all messages, in the order sent, for example ReadRequest.</summary>
    public async Task<IReadOnlyList<string>> ReadServicesAsync() =>
    [
        .. (await DecodeAsync()).Select(message => message.Find("opcua.servicenodeid.numeric")?.ShowName)
            .OfType<string>()
            .Select(name => name.Split(": ")[1].Split(' ')[0]),
    ];

    public async ValueTask DisposeAsync()
    {
        if (_dumpcap is not null)
        {
            await _dumpcap.DisposeAsync();
        }

        _marker.Dispose();
        _folder.Dispose();
    }

    private async Task StartAsync(string dumpcap)
    {
        var markerPort = ((IPEndPoint)_marker.Client.LocalEndPoint!).Port;
        _dumpcap = ChildProcess.Start(
            dumpcap,
            ["-q", "-i", "lo", "-B", "64", "-f", $"tcp port {_port} or udp port {markerPort}", "-w", File]);
        await Eventually.TrueAsync(
            () => _dumpcap.HasExited || _dumpcap.Output.Contains("File: ", StringComparison.Ordinal),
            () => _dumpcap.Output);
        Assert.SkipWhen(_dumpcap.HasExited, $"dumpcap may not record the loopback interface: {_dumpcap.Output}");

        // dumpcap names its file a little before it listens.
        await MarkAsync();
    }

    // Sends datagrams until one is in the file: packets are recorded in the order in which they were sent.
    private async Task MarkAsync()
    {
        var mark = Guid.NewGuid().ToByteArray();
        await Eventually.TrueAsync(
            async () =>
            {
                await _marker.SendAsync(mark, (IPEndPoint)_marker.Client.LocalEndPoint!);
                return System.IO.File.Exists(File) && Contains(mark);
            },
            () => _dumpcap!.Output);
    }

    /// <summary>The messages of these kinds (all if none is named), in the order sent.</summary>
    private async Task<List<TsharkField>> DecodeAsync(params int[] services)
    {
        var filter = services.Length == 0
            ? "opcua"
            : string.Join(" or ", services.Select(service => $"opcua.servicenodeid.numeric == {service}"));
        var decoded = _folder.File("decoded.xml");
        await using var tshark = ChildProcess.Start(
            "/bin/sh",
            [
                "-c", "exec \"$0\" -r \"$1\" -d \"tcp.port==$2,opcua\" -Y \"$3\" -J opcua -T pdml > \"$4\"",
                _tshark, File, _port.ToString(CultureInfo.InvariantCulture), filter, decoded,
            ]);
        var code = await tshark.WaitForExitAsync(TimeSpan.FromMinutes(2));
        Assert.True(code == 0, $"tshark ended with {code}:\n{tshark.Output}");

        // A frame can hold more than one message, and names can occur that XML 1.0 has no way to write.
        var messages = new List<TsharkField>();
        using var reader = XmlReader.Create(decoded, new() { CheckCharacters = false });
        while (reader.ReadToFollowing("proto"))
        {
            if (reader.GetAttribute("name") == "opcua")
            {
                using var proto = reader.ReadSubtree();
                messages.Add(TsharkField.Read(proto));
            }
        }

        return messages;
    }
}
