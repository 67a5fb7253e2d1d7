using System.Collections.Immutable;
using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Kpi.Numbers;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Tests.Kpi;

/// <summary>Small plants for tests.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Day = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    public static readonly StateRule Rule = new("rule", "1", ImmutableDictionary<string, TimeElement>.Empty
        .Add("1", TimeElement.Production).Add("2", TimeElement.Setup)
        .Add("3", TimeElement.Delay).Add("4", TimeElement.Down));

    /// <summary>Three shifts of eight hours, every day, in UTC.</summary>
    public static readonly PlantCalendar RoundTheClock = new()
    {
        Shifts =
        [
            new("night", new(0, 0), new(8, 0), Shift.EveryDay),
            new("day", new(8, 0), new(16, 0), Shift.EveryDay),
            new("late", new(16, 0), new(0, 0), Shift.EveryDay),
        ],
    };

    public static DateTimeOffset At(double hours) => Day.AddHours(hours);

    public static DateTimeOffset At(int hour, int minute, double second = 0) =>
        Day.AddHours(hour).AddMinutes(minute).AddSeconds(second);

    public static Tag Tag(string device, string name, TimeSpan? interval = null, ValueKind kind = ValueKind.Int64) =>
        new()
        {
            Id = $"{device}.{name}",
            DeviceId = device,
            Kind = kind,
            Interval = interval ?? TimeSpan.FromHours(12),
        };

    /// <summary>One machine "m" with state, produced and scrap; product "p" with this PRI in seconds.</summary>
    public static KpiModel Machine(string runTimeSeconds = "30", TimeSpan? interval = null) => Machines(
        ["m"], runTimeSeconds, interval);

    public static KpiModel Machines(
        IReadOnlyList<string> names, string runTimeSeconds = "30", TimeSpan? interval = null) =>
        new()
        {
            Calendar = RoundTheClock,
            Ledger = [.. names.Select(name => new LedgerDevice { Id = name, Source = "line" })],
            Tags = [.. names.SelectMany(name => new[]
            {
                Tag(name, "state", interval), Tag(name, "produced", interval), Tag(name, "scrap", interval),
            })],
            StateRules = [Rule],
            WorkUnits = [.. names.Select(name => new WorkUnit
            {
                DeviceId = name, StateTag = $"{name}.state", StateRule = "rule", ProducedTag = $"{name}.produced",
                ScrapTag = $"{name}.scrap", ProductId = "p",
            })],
            Products = [new("p", "P", Seconds(runTimeSeconds))],
        };

    public static Fraction Seconds(string text) =>
        Fraction.TryParse(text, out var seconds) ? seconds * 1_000_000 : throw new FormatException(text);
}
