using System.CommandLine;
using System.Globalization;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.LoadRunner;

/// <summary>Reads all nodes again and again, one request at a time.</summary>
internal static class ReadCommand
{
    public static Command Create()
    {
        var options = new LoadOptions();
        var command = new Command("read", "Measures the Read service and prints one row of a table.");
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(options.Read(parsed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(LoadSettings settings, CancellationToken cancellationToken)
    {
        using var load = await LoadSession.PrepareAsync(settings, cancellationToken);
        await using var session = await load.Connector.ConnectAsync(load.Connect, cancellationToken);
        var nodes = new List<ReadValueId>();
        var handles = new List<uint>();
        for (var i = 0; i < settings.Items; i++)
        {
            if (!session.Namespaces.TryResolve(settings.AddressOf(i), out var id))
            {
                Console.Error.WriteLine($"The server has no namespace for {settings.AddressOf(i)}.");
                return 1;
            }

            nodes.Add(new() { NodeId = id, AttributeId = AttributeIds.Value });
            handles.Add((uint)i);
        }

        var read = session.PrepareRead(nodes, handles, TimestampsToReturn.Both, TimeSpan.Zero);
        var values = new ValueColumns();
        await ReadForAsync(settings.WarmUp);
        var before = ProcessFigures.Now();
        var (count, bad) = await ReadForAsync(settings.Window);
        var after = ProcessFigures.Now();
        var seconds = TimeProvider.System.GetElapsedTime(before.At, after.At).TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {settings.Label} | {settings.Items:N0} nodes | {settings.Policy} | {count / seconds:N0} reads/s "
            + $"| {(after.Cpu - before.Cpu).TotalSeconds / count * 1e6:F3} CPU s per million "
            + $"| {(double)(after.Allocated - before.Allocated) / count:F2} B per read | {bad} bad |"));
        return bad == 0 ? 0 : 1;

        async Task<(long Count, long Bad)> ReadForAsync(TimeSpan time)
        {
            var (count, bad, start) = (0L, 0L, TimeProvider.System.GetTimestamp());
            while (TimeProvider.System.GetElapsedTime(start) < time)
            {
                await session.ReadAsync(read, values, cancellationToken);
                count += values.Count;
                foreach (var status in values.Statuses)
                {
                    bad += status.IsGood ? 0 : 1;
                }
            }

            return (count, bad);
        }
    }
}
