using System.CommandLine;
using EdgeAgent.OpcUa.Subscription;

namespace EdgeAgent.LoadRunner;

/// <summary>Subscribes to all nodes and counts what comes, what it costs and what is missing.</summary>
internal static class SubscribeCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    public static Command Create()
    {
        var options = new LoadOptions();
        var header = new Option<bool>("--header") { Description = "Prints the head of the table before the row." };
        var command = new Command("subscribe", "Measures a subscription and prints one row of a table.") { header };
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            if (parsed.GetValue(header))
            {
                Console.WriteLine(LoadTable.Header);
            }

            return RunAsync(options.Read(parsed), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(LoadSettings settings, CancellationToken cancellationToken)
    {
        using var load = await LoadSession.PrepareAsync(settings, cancellationToken);
        var sink = new CountingSink(settings.Items);
        var tags = Enumerable.Range(0, settings.Items)
            .Select(item =>
                new MonitoredTag((uint)item, settings.AddressOf(item)) { SamplingInterval = settings.Interval })
            .ToList();
        var subscription = new SubscriptionSettings { PublishingInterval = settings.Interval };
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var runner = new SubscriptionRunner(
            token => load.Connector.ConnectAsync(load.Connect, token), tags, subscription, sink, TimeProvider.System);
        var run = runner.RunAsync(stopping.Token);
        var start = TimeProvider.System.GetTimestamp();
        while (sink.Values < settings.Items && TimeProvider.System.GetElapsedTime(start) < Patience && !run.IsCompleted)
        {
            await Task.Delay(Glance, TimeProvider.System, cancellationToken);
        }

        await Task.Delay(settings.WarmUp, TimeProvider.System, cancellationToken);
        var (values, lost, disordered) = (sink.Values, sink.Lost, sink.Disordered);
        var before = ProcessFigures.Now();
        await Task.Delay(settings.Window, TimeProvider.System, cancellationToken);
        var after = ProcessFigures.Now();
        Console.WriteLine(LoadTable.Row(
            settings, before, after, sink.Values - values, sink.Lost - lost, sink.Disordered - disordered));
        await stopping.CancelAsync();
        await run;
        if (sink.Bad > 0)
        {
            await Console.Error.WriteLineAsync($"{sink.Bad} values or items were Bad, or spans lost.");
        }

        return sink.Bad == 0 ? 0 : 1;
    }
}
