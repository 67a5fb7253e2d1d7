using System.Runtime.CompilerServices;
using System.Text.Json;
using EdgeAgent.Modbus;
using EdgeAgent.Modbus.Client;
using EdgeAgent.Modbus.Framing;
using EdgeAgent.Modbus.Planning;

namespace EdgeAgent.Tests.Modbus.Client;

/// <summary>Every script of the corpus of hostile Modbus answers, with its time-out and profile variants.</summary>
public sealed class HostileAnswerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>What must come of each script. A script without a line here fails the test: look at it.</summary>
    private static readonly Dictionary<string, Expected> Expectations = new()
    {
        ["tcp-ok"] = new("12345678"),
        ["tcp-ok-coalesced"] = new("12345678"),
        ["tcp-exc-02-IllegalDataAddress"] = new(ReadOutcome.Refused, 2, Requests: 1),
        ["tcp-exc-04-DeviceFailure"] = new(ReadOutcome.Refused, 4, Requests: 1),
        ["tcp-exc-06-Busy"] = new(ReadOutcome.Refused, 6, Requests: 2),
        ["tcp-exc-08-MemoryParity"] = new(ReadOutcome.Refused, 8, Requests: 1),
        ["tcp-exc-0b-GatewayTargetNoResponse"] = new(ReadOutcome.Refused, 0x0B, Requests: 2),
        ["tcp-exc-41-vendor41"] = new(ReadOutcome.Refused, 0x41, Requests: 1),
        ["tcp-exc-busy-forever"] = new(ReadOutcome.Refused, 6, Requests: 2),
        ["tcp-exc-fc-mismatch"] = new(ReadOutcome.Garbled, Requests: 1),
        ["tcp-tid-wrong"] = new(ReadOutcome.TimedOut, ForeignFrames: 1),
        ["tcp-tid-zero-gateway"] = new(ReadOutcome.TimedOut, ForeignFrames: 1),
        ["tcp-unit-ff"] = new(ReadOutcome.Garbled),
        ["tcp-len-0"] = new(ReadOutcome.Garbled, IsClosed: true),
        ["tcp-len-2"] = new(ReadOutcome.Garbled, IsClosed: true),
        ["tcp-len-65535"] = new(ReadOutcome.Garbled, IsClosed: true),
        ["tcp-bytecount-long"] = new(ReadOutcome.Garbled),
        ["tcp-bytecount-lies"] = new(ReadOutcome.Garbled),
        ["tcp-empty-pdu"] = new(ReadOutcome.Garbled, IsClosed: true),
        ["tcp-half-then-silence"] = new(ReadOutcome.TimedOut, IsClosed: true),
        ["tcp-slow-2s"] = new(ReadOutcome.TimedOut),
        ["tcp-garbage-http"] = new(ReadOutcome.Garbled, IsClosed: true),
        ["tcp-2000-coils-ok"] = new(string.Concat(Enumerable.Repeat("55", 250))),
        ["tcp-125-regs-ok"] = new(string.Concat(Enumerable.Range(0, 125).Select(i => i.ToString("X4", null)))),
        ["rtu-crc-bad"] = new(ReadOutcome.Garbled),
        ["rtu-crc-ok-bytecount-wrong"] = new(ReadOutcome.Garbled),
        ["rtu-noise-before"] = new(ReadOutcome.Garbled),
        ["rtu-echo"] = new(ReadOutcome.Garbled),
        ["rtu-gap-inside-frame"] = new("12345678"),
        ["rtu-broadcast-unit0"] = new(ReadOutcome.Garbled),
        ["rtu-dummy-char"] = new(ReadOutcome.Garbled),
    };

    [Fact]
    public void Every_script_ends_as_it_must()
    {
        var problems = new List<string>();
        foreach (var script in Scripts())
        {
            if (!Expectations.TryGetValue(script.Id, out var expected))
            {
                problems.Add($"{script.Id}: not expected");
                continue;
            }

            var found = Play(script, new());
            if (!expected.Matches(found))
            {
                problems.Add($"{script.Id}: expected {expected}, found {found}");
            }
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    [Theory]
    [InlineData("tcp-slow-2s", "12345678")]
    public void A_slow_answer_counts_within_a_longer_time_out(string id, string data) =>
        Assert.Equal(data, Play(Script.Find(id), new() { Timeout = 3 * Second }).Data);

    [Fact]
    public void An_answer_after_the_time_out_is_dropped_and_counted_and_the_next_request_gets_its_own()
    {
        var clock = new VirtualClock();
        FakeLine line = null!;
        var requests = 0;
        line = new FakeLine(request =>
        {
            var isFirst = requests++ == 0;
            var answer = Convert.FromHexString(isFirst ? "00010000000701030412345678" : "0002000000070103040AAA0BBB");
            clock.Schedule(TimeSpan.FromMilliseconds(isFirst ? 2000 : 1500), () => line.Deliver(answer));
        });
        var client = new ModbusClient(new FakeTransport(false, () => line), new() { Timeout = 1.7 * Second }, clock);
        var range = new AddressRange(ModbusFunction.ReadHoldingRegisters, 100, 2);
        var results = clock.Run(async () =>
        {
            Assert.True(await client.OpenAsync(default));
            var first = await client.ReadAsync(1, range, default);
            var second = await client.ReadAsync(1, range, default);
            return (first.Outcome, second.Outcome, Convert.ToHexString(second.Data.Span));
        });

        Assert.Equal((ReadOutcome.TimedOut, ReadOutcome.Answered, "0AAA0BBB"), results);
        Assert.Equal(1, client.Counters.ForeignFrames);
        Assert.True(client.IsOpen);
    }

    [Theory]
    [InlineData("tcp-tid-zero-gateway")]
    [InlineData("tcp-unit-ff")]
    [InlineData("rtu-echo")]
    public void A_profile_makes_a_broken_peer_readable(string id)
    {
        var profile = new ModbusClientSettings
        {
            AcceptZeroTransactionId = true,
            AcceptUnitMismatch = true,
            LocalEcho = id.StartsWith("rtu", StringComparison.Ordinal),
        };
        Assert.Equal("12345678", Play(Script.Find(id), profile).Data);
    }

    [Fact]
    public void Busy_for_ever_is_asked_four_times_and_within_the_budget()
    {
        var script = Script.Find("tcp-exc-busy-forever");
        var found = Play(script, new(), repeats: true);
        Assert.Equal((ReadOutcome.Refused, 6, 4), (found.Outcome, found.Refusal, found.Requests));
        Assert.True(found.Duration < Second, $"{found.Duration}");

        var hurried = Play(script, new(), repeats: true, budget: TimeSpan.FromMilliseconds(100));
        Assert.Equal(2, hurried.Requests);
        Assert.True(hurried.Duration < TimeSpan.FromMilliseconds(100), $"{hurried.Duration}");
    }

    [Fact]
    public void The_functions_that_write_cannot_be_encoded()
    {
        using var corpus = Script.Open();
        var forbidden = corpus.RootElement.GetProperty("forbidden").EnumerateArray()
            .Select(entry => entry.GetProperty("forbidden_function").GetByte()).ToHashSet();
        Assert.NotEmpty(forbidden);
        for (var function = 0; function <= 255; function++)
        {
            var request = new ReadRequest((ModbusFunction)function, 0, 1);
            if (function is >= 1 and <= 4)
            {
                Assert.DoesNotContain((byte)function, forbidden);
                Assert.Equal(ReadRequest.PduLength, request.Write(new byte[ReadRequest.PduLength]));
            }
            else
            {
                Assert.Throws<ArgumentOutOfRangeException>(() => request.Write(new byte[ReadRequest.PduLength]));
            }
        }
    }

    private static IEnumerable<Script> Scripts()
    {
        using var corpus = Script.Open();
        return [.. corpus.RootElement.GetProperty("cases").EnumerateArray().Select(Script.Read)];
    }

    private static Found Play(
        Script script, ModbusClientSettings settings, bool repeats = false, TimeSpan? budget = null)
    {
        var clock = new VirtualClock();
        var isRtu = script.Transport == "rtu";
        var requests = new List<byte[]>();
        FakeLine line = null!;
        line = new FakeLine(request =>
        {
            requests.Add(request);
            if (requests.Count > 1 && !repeats)
            {
                return;
            }

            var at = TimeSpan.Zero;
            foreach (var (delay, bytes) in repeats ? script.Segments.Take(1) : script.Segments)
            {
                at += TimeSpan.FromMilliseconds(delay);
                var copy = bytes.ToArray();
                if (repeats)
                {
                    request.AsSpan(0, 2).CopyTo(copy);
                }

                clock.Schedule(at, () => Send(line, copy));
            }
        });
        var client = new ModbusClient(new FakeTransport(isRtu, () => line), settings, clock);
        AddressRange[] points = [script.Range];
        var sink = new RecordingSink(points);
        var reader = new UnitReader(
            client, script.Unit, points, new() { Timeout = settings.Timeout }, clock);
        clock.Run(async () =>
        {
            Assert.True(await client.OpenAsync(default));
            await reader.PollAsync(sink, budget ?? Second, probe: null, default);
        });

        Assert.Equal(script.Request, Convert.ToHexString(requests[0]), ignoreCase: true);
        Assert.Equal(1, sink.Data.Count + sink.Failures.Count);
        var failure = sink.Failures.GetValueOrDefault(0);
        return new(
            sink.Data.GetValueOrDefault(0, ""), failure.Outcome, (int)failure.Refusal, requests.Count, line.IsClosed,
            (int)client.Counters.ForeignFrames, clock.Elapsed);
    }

    private static void Send(FakeLine line, byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            line.End();
        }
        else
        {
            line.Deliver(bytes);
        }
    }

    private sealed record Found(
        string Data, ReadOutcome Outcome, int Refusal, int Requests, bool IsClosed, int ForeignFrames,
        TimeSpan Duration);

    private sealed record Expected(
        string Data, ReadOutcome Outcome, int Refusal, int? Requests, bool IsClosed, int? ForeignFrames)
    {
        public Expected(string data)
            : this(data, ReadOutcome.Answered, 0, 1, false, 0)
        {
        }

        public Expected(
            ReadOutcome outcome, int refusal = 0, int? Requests = null, bool IsClosed = false,
            int? ForeignFrames = null)
            : this("", outcome, refusal, Requests, IsClosed, ForeignFrames)
        {
        }

        public bool Matches(Found found) =>
            found.Data == Data && found.Outcome == Outcome && found.Refusal == Refusal && found.IsClosed == IsClosed
            && (Requests is null || Requests == found.Requests)
            && (ForeignFrames is null || ForeignFrames == found.ForeignFrames);
    }

    private sealed record Script(
        string Id, string Transport, string Request, byte Unit, AddressRange Range,
        (int Delay, byte[] Bytes)[] Segments)
    {
        public static Script Find(string id) => Scripts().Single(script => script.Id == id);

        public static JsonDocument Open([CallerFilePath] string here = "")
        {
            for (var folder = new FileInfo(here).Directory; folder is not null; folder = folder.Parent)
            {
                var path = Path.Combine(folder.FullName, "shared", "data", "corpora", "modbus", "hostile.json");
                if (File.Exists(path))
                {
                    return JsonDocument.Parse(File.ReadAllText(path));
                }
            }

            Assert.Skip("The corpus of hostile Modbus answers (../shared/data/corpora/modbus) is not here.");
            return null!;
        }

        public static Script Read(JsonElement element)
        {
            var transport = element.GetProperty("transport").GetString()!;
            var request = element.GetProperty("request").GetString()!;
            var bytes = Convert.FromHexString(request);
            var unitAt = transport == "rtu" ? 0 : MbapFrame.HeaderLength - 1;
            var pduLength = bytes.Length - unitAt - 1 - (transport == "rtu" ? RtuFrame.CrcLength : 0);
            Assert.True(ReadRequest.TryRead(bytes.AsSpan(unitAt + 1, pduLength), out var read));
            return new(
                element.GetProperty("id").GetString()!, transport, request, bytes[unitAt],
                new(read.Function, read.Address, read.Quantity),
                [.. element.GetProperty("response").EnumerateArray().Select(segment => (
                    segment.GetProperty("delay_ms").GetInt32(),
                    Convert.FromHexString(segment.GetProperty("hex").GetString()!)))]);
        }
    }
}
