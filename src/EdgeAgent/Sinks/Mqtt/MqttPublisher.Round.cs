namespace EdgeAgent.Sinks.Mqtt;

internal sealed partial class MqttPublisher
{
    // On a clean stop the acknowledgements of what is on its way are worth this much waiting.
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(2);

    /// <summary>One message on its way.</summary>
    private readonly record struct Flight(OutboxRow Row, Task<PublishReply> Reply, long SentAt);

    /// <summary>Sends rows in order through the window, and records what is known of each however it ends.</summary>
    private async Task SendRoundAsync(
        BrokerConnection connection, IReadOnlyList<OutboxRow> rows, Sweep sweep, CancellationToken cancellationToken)
    {
        var flights = new Queue<Flight>(connection.Window);
        var outcomes = new List<OutboxOutcome>(rows.Count);
        try
        {
            foreach (var row in rows)
            {
                if (PublishPacketSize.Of(row.Message) is var bytes && bytes > connection.PacketBytesMax)
                {
                    outcomes.Add(new(
                        row.Sequence, OutboxState.Parked,
                        $"The packet has {bytes} bytes, the broker takes {connection.PacketBytesMax}."));
                    continue;
                }

                // Brokers acknowledge in the order of sending (MQTT-4.6.0-2), so waiting for the oldest is no loss.
                while (flights.Count >= connection.Window)
                {
                    await LandOldestAsync(connection, flights, outcomes, sweep, cancellationToken);
                }

                cancellationToken.ThrowIfCancellationRequested();
                Interlocked.Increment(ref _sent);
                flights.Enqueue(new(
                    row, connection.PublishAsync(row.Message, CancellationToken.None), _clock.GetTimestamp()));
            }

            while (flights.Count > 0)
            {
                await LandOldestAsync(connection, flights, outcomes, sweep, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAny(
                Task.WhenAll(flights.Select(flight => flight.Reply)),
                Task.Delay(StopGrace, _clock, CancellationToken.None));
            throw;
        }
        finally
        {
            Abandon(flights, outcomes, sweep);
            _outbox.Settle(outcomes);
            Interlocked.Add(ref _published, outcomes.Count(outcome => outcome.State == OutboxState.Published));
        }
    }

    private async Task LandOldestAsync(
        BrokerConnection connection, Queue<Flight> flights, List<OutboxOutcome> outcomes, Sweep sweep,
        CancellationToken cancellationToken)
    {
        var flight = flights.Peek();
        PublishReply reply;
        try
        {
            var due = _endpoint.AckTimeout - _clock.GetElapsedTime(flight.SentAt);
            var left = due > TimeSpan.Zero ? due : TimeSpan.Zero;
            reply = await flight.Reply.WaitAsync(left, _clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new BrokerException(
                refused: false,
                $"{_endpoint} did not acknowledge a message within {_endpoint.AckTimeout.TotalSeconds} s.", "");
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            throw connection.Explain(error);
        }

        flights.Dequeue();
        Record(flight.Row, reply, outcomes, sweep);
        if (reply.Effect == PublishReplyEffect.Reconnect)
        {
            throw new BrokerException(refused: false, $"{_endpoint} and the agent disagree: {reply.Reason}.", "");
        }
    }

    private static void Record(OutboxRow row, PublishReply reply, List<OutboxOutcome> outcomes, Sweep sweep)
    {
        outcomes.Add(new(row.Sequence, reply.State, reply.Reason));
        if (reply.State == OutboxState.Queued)
        {
            sweep.KeptReason ??= reply.Reason;
        }
    }

    private static void Abandon(Queue<Flight> flights, List<OutboxOutcome> outcomes, Sweep sweep)
    {
        foreach (var flight in flights)
        {
            if (flight.Reply.IsCompletedSuccessfully)
            {
#pragma warning disable RS0030 // Completed: nothing is waited for.
                Record(flight.Row, flight.Reply.Result, outcomes, sweep);
#pragma warning restore RS0030
                continue;
            }

            outcomes.Add(new(flight.Row.Sequence, OutboxState.Queued, "Not acknowledged."));

            // Why it failed no longer matters: the row stays queued and is sent again.
            _ = flight.Reply.ContinueWith(
                static reply => reply.Exception, CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }
}
