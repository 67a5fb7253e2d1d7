using System.Buffers.Binary;
using System.Text;
using EdgeAgent.Sinks;
using EdgeAgent.Sinks.Mqtt;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.Sinks.Mqtt;

/// <summary>The publisher against a broker that does what real ones seldom do.</summary>
public sealed class ScriptedBrokerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Never_more_in_flight_than_the_brokers_receive_maximum(ushort receiveMaximum)
    {
        await using var broker = new ScriptedBroker
        {
            ConnackProperties = ScriptedBroker.ReceiveMaximum(receiveMaximum),
            AckDelay = TimeSpan.FromMilliseconds(2),
        };
        await using var rig = new PublisherRig(PublisherRig.Plain(broker.Port));
        rig.Put(0, 100);
        await rig.PublishedAsync(100);

        Assert.Equal(receiveMaximum, broker.InFlightMost);
        Assert.Equal(
            Enumerable.Range(0, 100).Select(number => $"kpi/{number}"), broker.Received.Select(message => message.Id));
    }

    [Fact]
    public async Task Never_more_in_flight_than_configured()
    {
        await using var broker = new ScriptedBroker { AckDelay = TimeSpan.FromMilliseconds(2) };
        await using var rig = new PublisherRig(PublisherRig.Plain(broker.Port) with { InFlightMax = 7 });
        rig.Put(0, 300);
        await rig.PublishedAsync(300);

        Assert.Equal(7, broker.InFlightMost);
    }

    [Fact]
    public async Task More_messages_than_packet_identifiers_all_arrive_once()
    {
        await using var broker = new ScriptedBroker();
        await using var rig = new PublisherRig(PublisherRig.Plain(broker.Port));
        for (var first = 0; first < 70_000; first += 5_000)
        {
            rig.Put(first, 5_000);
        }

        await rig.PublishedAsync(70_000);
        Assert.Equal(70_000, broker.Received.Count);
        Assert.DoesNotContain(broker.Received, message => message.PacketId == 0);
    }

    [Fact]
    public async Task A_connect_asks_for_a_clean_start_and_no_session()
    {
        await using var broker = new ScriptedBroker();
        await using var rig = new PublisherRig(
            PublisherRig.Plain(broker.Port) with { KeepAlive = TimeSpan.FromSeconds(17) });
        await rig.StateAsync(PublisherState.Connected);

        var connect = broker.LastConnect;
        Assert.Equal("MQTT", Encoding.ASCII.GetString(connect, 2, 4));
        Assert.Equal(5, connect[6]);
        Assert.Equal(0b10, connect[7] & 0b10); // Clean Start.
        Assert.Equal(17, BinaryPrimitives.ReadUInt16BigEndian(connect.AsSpan(8)));
        Assert.DoesNotContain((byte)0x11, connect.AsSpan(11, connect[10]).ToArray()); // Session Expiry: 0 if absent.
    }

    [Fact]
    public async Task A_message_bigger_than_the_broker_takes_is_parked_and_one_just_so_big_is_sent()
    {
        var fitting = PublisherRig.Message(1);
        var limit = (uint)PublishPacketSize.Of(fitting);
        await using var broker = new ScriptedBroker { ConnackProperties = ScriptedBroker.MaximumPacketSize(limit) };
        await using var rig = new PublisherRig(PublisherRig.Plain(broker.Port));
        rig.Outbox.Put(new OutboxMessage("big", "t", new byte[limit]), fitting);
        await rig.PublishedAsync(1);

        var sent = Assert.Single(broker.Received);
        Assert.Equal((int)limit, sent.Bytes);
        Assert.Equal(1, rig.Outbox.ReadCounters().Parked);
    }

    [Theory]
    [InlineData(10, 20)]
    [InlineData(100, 1_000)]
    [InlineData(300, 100_000)]
    public async Task The_size_of_a_packet_is_known_to_the_byte(int idLength, int payloadLength)
    {
        await using var broker = new ScriptedBroker();
        await using var rig = new PublisherRig(PublisherRig.Plain(broker.Port));
        var message = new OutboxMessage(new('i', Math.Min(idLength, 115)), new('t', idLength), new byte[payloadLength]);
        rig.Outbox.Put(message);
        await rig.PublishedAsync(1);

        Assert.Equal(PublishPacketSize.Of(message), Assert.Single(broker.Received).Bytes);
    }

    [Theory]
    [InlineData(0x87)]
    [InlineData(0x90)]
    [InlineData(0x97)]
    [InlineData(0x99)]
    public async Task A_refused_message_is_parked_and_tried_again_after_a_reconnect(byte code)
    {
        await using var broker = new ScriptedBroker
        {
            Answer = message => message.Id == "kpi/2" && message.Connection == 1 ? code : (byte)0,
        };
        await using var rig = new PublisherRig(PublisherRig.Plain(broker.Port));
        rig.Put(0, 5);
        await rig.PublishedAsync(4);
        Assert.Equal(1, rig.Outbox.ReadCounters().Parked);

        broker.CutConnection();
        await rig.PublishedAsync(5);
        Assert.Equal(6, broker.Received.Count);
    }

    [Theory]
    [InlineData(0x10)]
    [InlineData(0x80)]
    [InlineData(0x83)]
    public async Task A_message_that_reached_nobody_is_kept_and_does_not_hold_up_the_others(byte code)
    {
        var nobody = true;
        await using var broker = new ScriptedBroker
        {
            Answer = message => message.Topic == "edge/nobody" && nobody ? code : (byte)0,
        };
        await using var rig = new PublisherRig(PublisherRig.Plain(broker.Port));
        rig.Put(0, 2, "edge/nobody");
        rig.Put(2, 3, "edge/somebody");
        await rig.PublishedAsync(3);
        await rig.StateAsync(PublisherState.Undelivered);
        Assert.Contains($"0x{code:X2}", rig.Publisher.Status.Reason, StringComparison.Ordinal);
        Assert.Equal(2, rig.Outbox.ReadCounters().Queued);

        rig.Put(5, 1, "edge/somebody");
        await rig.PublishedAsync(4);

        nobody = false;
        await rig.PublishedAsync(6);
        await rig.StateAsync(PublisherState.Connected);
        Assert.Equal(1, broker.Connections);
    }

    [Fact]
    public async Task A_disagreement_on_packet_identifiers_ends_the_connection()
    {
        await using var broker = new ScriptedBroker
        {
            Answer = message => message.Connection == 1 ? (byte)0x91 : (byte)0,
        };
        await using var rig = new PublisherRig(PublisherRig.Plain(broker.Port));
        rig.Put(0, 3);
        await rig.PublishedAsync(3);
        Assert.True(broker.Connections >= 2);
    }

    [Fact]
    public async Task Without_an_acknowledgement_the_connection_is_dropped_and_the_message_sent_anew()
    {
        await using var broker = new ScriptedBroker
        {
            Answer = message => message.Connection == 1 ? null : (byte)0,
        };
        await using var rig = new PublisherRig(
            PublisherRig.Plain(broker.Port) with { AckTimeout = TimeSpan.FromMilliseconds(300) });
        rig.Put(0, 2);
        await rig.PublishedAsync(2);

        Assert.Equal(
            [(1, "kpi/0"), (1, "kpi/1"), (2, "kpi/0"), (2, "kpi/1")],
            broker.Received.Select(message => (message.Connection, message.Id!)));
        Assert.DoesNotContain(broker.Received, message => message.Duplicate); // A new PUBLISH each, no resend.
    }

    [Fact]
    public async Task What_was_acknowledged_before_the_connection_broke_is_not_sent_again()
    {
        await using var broker = new ScriptedBroker
        {
            Answer = message => message.Connection == 1 && message.Id != "kpi/0" ? null : (byte)0,
        };
        await using var rig = new PublisherRig(PublisherRig.Plain(broker.Port));
        rig.Put(0, 3);
        await Eventually.TrueAsync(() => broker.Received.Count == 3);
        await Task.Delay(100, TestContext.Current.CancellationToken); // The PUBACK of the first is on its way.
        broker.CutConnection();
        await rig.PublishedAsync(3);

        Assert.Single(broker.Received, message => message.Id == "kpi/0");
        Assert.Equal(2, broker.Received.Count(message => message.Id == "kpi/1"));
    }

    [Theory]
    [InlineData(0x86, PublisherState.Refused, "password")]
    [InlineData(0x87, PublisherState.Refused, "agent1")]
    [InlineData(0x85, PublisherState.Refused, "client id")]
    [InlineData(0x84, PublisherState.Refused, "MQTT 5")]
    [InlineData(0x88, PublisherState.Disconnected, "")]
    [InlineData(0x89, PublisherState.Disconnected, "")]
    [InlineData(0x9D, PublisherState.Refused, "address")]
    public async Task A_refused_connection_is_told_with_reason_and_remedy_and_tried_again(
        byte code, object state, string remedy)
    {
        await using var broker = new ScriptedBroker
        {
            ConnackCode = code,
            ConnackProperties = ScriptedBroker.ReasonString("gone fishing"),
        };
        await using var rig = new PublisherRig(PublisherRig.Plain(broker.Port));
        rig.Put(0, 1);
        await Eventually.TrueAsync(
            () => rig.Publisher.Status.Reason.Contains($"0x{code:X2}", StringComparison.Ordinal),
            () => rig.Publisher.Status.ToString());
        Assert.Equal(state, rig.Publisher.Status.State);
        Assert.Contains("gone fishing", rig.Publisher.Status.Reason, StringComparison.Ordinal);
        Assert.Contains(remedy, rig.Publisher.Status.Remedy, StringComparison.Ordinal);

        broker.ConnackProperties = [];
        broker.ConnackCode = 0;
        await rig.PublishedAsync(1);
    }

    [Theory]
    [InlineData(0x8B)]
    [InlineData(0x89)]
    [InlineData(0x93)]
    [InlineData(0x97)]
    public async Task A_disconnect_by_the_broker_is_followed_by_a_new_connection(byte code)
    {
        await using var broker = new ScriptedBroker();
        await using var rig = new PublisherRig(PublisherRig.Plain(broker.Port));
        await rig.StateAsync(PublisherState.Connected);
        await broker.SendAsync(0xE0, 2, code, 0);
        await Eventually.TrueAsync(() => broker.Connections >= 2);
        rig.Put(0, 1);
        await rig.PublishedAsync(1);
    }

    [Fact]
    public async Task A_session_taken_over_names_the_client_id()
    {
        await using var broker = new ScriptedBroker();
        await using var rig = new PublisherRig(
            PublisherRig.Plain(broker.Port), new() { DelayMin = TimeSpan.FromSeconds(30) });
        await rig.StateAsync(PublisherState.Connected);
        await broker.SendAsync(0xE0, 2, 0x8E, 0);
        await rig.StateAsync(PublisherState.Refused);
        Assert.Contains("'agent1'", rig.Publisher.Status.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0x00, 0x00 })]
    [InlineData(new byte[] { 0x40, 0x02, 0x99, 0x99 })] // PUBACK for nothing.
    [InlineData(new byte[] { 0x40, 0x00 })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0x20, 0x03, 0x00, 0x00, 0x00 })] // A second CONNACK.
    [InlineData(new byte[] { 0x48, 0x54, 0x54, 0x50, 0x2F, 0x31, 0x2E, 0x31 })] // "HTTP/1.1"
    public async Task Whatever_a_broker_says_the_publisher_lives(byte[] said)
    {
        await using var broker = new ScriptedBroker();
        await using var rig = new PublisherRig(PublisherRig.Plain(broker.Port));
        await rig.StateAsync(PublisherState.Connected);
        await broker.SendAsync(said);
        broker.CutConnection();
        await Eventually.TrueAsync(() => broker.Connections >= 2);
        rig.Put(0, 1);
        await rig.PublishedAsync(1);
    }

    [Fact]
    public async Task The_brokers_keep_alive_wins_over_ours()
    {
        await using var broker = new ScriptedBroker { ConnackProperties = ScriptedBroker.ServerKeepAlive(1) };
        await using var rig = new PublisherRig(PublisherRig.Plain(broker.Port));
        await Eventually.TrueAsync(() => broker.Pings >= 3);
        Assert.Equal(1, broker.Connections);
    }

    [Fact]
    public async Task A_clean_stop_waits_for_acknowledgements_and_says_goodbye()
    {
        await using var broker = new ScriptedBroker { AckDelay = TimeSpan.FromMilliseconds(300) };
        await using var rig = new PublisherRig(PublisherRig.Plain(broker.Port));
        rig.Put(0, 2);
        await Eventually.TrueAsync(() => broker.Received.Count == 2);
        await rig.StopAsync();

        Assert.Equal(2, rig.Outbox.ReadCounters().Published);
        await Eventually.TrueAsync(() => broker.Disconnects == 1);
    }

    [Fact]
    public async Task Nothing_is_sent_while_it_could_not_be_recorded_that_it_was()
    {
        await using var broker = new ScriptedBroker { ConnackCode = 0x89 };
        await using var rig = new PublisherRig(PublisherRig.Plain(broker.Port));
        rig.Put(0, 3);
        await Eventually.TrueAsync(() => broker.Connections > 0);
        using (rig.HoldDatabase())
        {
            broker.ConnackCode = 0;
            await rig.StateAsync(PublisherState.OutboxFailed);
            Assert.Empty(broker.Received);
        }

        await rig.PublishedAsync(3);
        Assert.Equal(3, broker.Received.Count);
    }

    [Fact]
    public async Task Nobody_listening_is_a_state_with_a_remedy()
    {
        await using var rig = new PublisherRig(PublisherRig.Plain(FreePort.Next()));
        await Eventually.TrueAsync(
            () => rig.Publisher.Status.Reason.StartsWith("Nothing listens", StringComparison.Ordinal),
            () => rig.Publisher.Status.ToString());
        Assert.Equal(PublisherState.Disconnected, rig.Publisher.Status.State);
    }

    [Fact]
    public async Task A_missing_password_file_is_a_refusal_that_names_it()
    {
        await using var rig = new PublisherRig(
            PublisherRig.Plain(FreePort.Next()) with { User = "anna", PasswordFile = "/nowhere/mqtt.password" });
        await rig.StateAsync(PublisherState.Refused);
        Assert.Contains("/nowhere/mqtt.password", rig.Publisher.Status.Reason, StringComparison.Ordinal);
    }
}
