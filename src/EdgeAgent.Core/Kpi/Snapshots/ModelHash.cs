using System.Buffers;
using System.Security.Cryptography;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Kpi.Snapshots;

/// <summary>
/// SHA-256 over every field of a model except its entries, which are input like samples and shape no measure. In
/// declaration order and in the field kinds of a snapshot. An optional field is a flag and the field; decimals and
/// fractions are texts; a list is a count and its items, maps ordered by key.
/// </summary>
internal static class ModelHash
{
    public static byte[] Of(KpiModel model)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var writer = new SnapshotWriter(bytes);
        Write(writer, model.Calendar);
        List(writer, model.Tags, Write);
        List(writer, model.Ledger, Write);
        List(writer, model.WorkUnits, Write);
        List(writer, model.StateRules, Write);
        List(writer, model.Products, static (writer, product) =>
        {
            writer.Text(product.Id);
            writer.Text(product.Name);
            Optional(writer, product.PlannedRunTime?.ToString());
        });
        List(writer, model.Meters, Write);
        Write(writer, model.Parameters);
        return SHA256.HashData(bytes.WrittenSpan);
    }

    private static void Write(SnapshotWriter writer, PlantCalendar calendar)
    {
        // With its rules, for two versions of the time zone data can disagree about the same name.
        writer.Text(calendar.Zone.ToSerializedString());
        writer.Signed(calendar.DayStart.Ticks);
        List(writer, calendar.Shifts, static (writer, shift) =>
        {
            writer.Text(shift.Name);
            writer.Signed(shift.Start.Ticks);
            writer.Signed(shift.End.Ticks);
            List(writer, shift.Days, static (writer, day) => writer.Byte((byte)day));
        });
        List(writer, calendar.Holidays, static (writer, day) => writer.Count(day.DayNumber));
        List(writer, calendar.PlannedDowntime, static (writer, downtime) =>
        {
            writer.Signed(downtime.From.Ticks);
            writer.Signed(downtime.To.Ticks);
            List(writer, downtime.Devices, static (writer, device) => writer.Text(device));
            writer.Text(downtime.Reason);
        });
    }

    private static void Write(SnapshotWriter writer, Tag tag)
    {
        writer.Text(tag.Id);
        writer.Text(tag.DeviceId);
        writer.Byte((byte)tag.Kind);
        writer.Text(tag.Unit);
        writer.Signed(tag.Decimals);
        writer.Signed(tag.Interval.Ticks);
    }

    private static void Write(SnapshotWriter writer, LedgerDevice device)
    {
        writer.Text(device.Id);
        writer.Text(device.Name);
        writer.Text(device.Workshop);
        writer.Text(device.Line);
        writer.Byte((byte)device.Class);
        writer.Flag(device.IsProduction);
        writer.Flag(device.IsKey);
        Optional(writer, device.Commissioned?.ToString("O"));
        Optional(writer, device.Retired?.ToString("O"));
        Optional(writer, device.Source);
    }

    private static void Write(SnapshotWriter writer, WorkUnit unit)
    {
        writer.Text(unit.DeviceId);
        Optional(writer, unit.StateTag);
        Optional(writer, unit.StateRule);
        Optional(writer, unit.ProducedTag);
        Optional(writer, unit.GoodTag);
        Optional(writer, unit.ScrapTag);
        Optional(writer, unit.ReworkTag);
        Optional(writer, unit.ReworkScrapTag);
        writer.Signed(unit.CounterModulus ?? 0);
        Optional(writer, unit.ProductId);
        Optional(writer, unit.ProductTag);
    }

    private static void Write(SnapshotWriter writer, StateRule rule)
    {
        writer.Text(rule.Name);
        writer.Text(rule.Version);
        writer.Count(rule.Map.Count);
        foreach (var (raw, element) in rule.Map.OrderBy(row => row.Key, StringComparer.Ordinal))
        {
            writer.Text(raw);
            writer.Byte((byte)element);
        }
    }

    private static void Write(SnapshotWriter writer, EnergyMeter meter)
    {
        writer.Text(meter.Id);
        writer.Text(meter.Tag);
        writer.Text(meter.Carrier);
        writer.Byte((byte)meter.Flow);
        Optional(writer, meter.Modulus);
        Optional(writer, meter.Resolution);
        Optional(writer, meter.Parent);
        List(writer, meter.Coefficients, static (writer, coefficient) =>
        {
            Optional(writer, coefficient.KgcePerUnit);
            writer.Signed(coefficient.Basis is { } basis ? (int)basis : -1);
            writer.Text(coefficient.Source);
        });
    }

    private static void Write(SnapshotWriter writer, KpiParameters parameters)
    {
        writer.Byte((byte)parameters.CoalBasis);
        writer.Signed(parameters.EvidenceWindow.Ticks);
        Optional(writer, parameters.QualifiedShare);
        writer.Byte((byte)parameters.DefectPolicy);
        writer.Signed(parameters.MicroStop.Ticks);
        Optional(writer, parameters.CoverageFull);
        Optional(writer, parameters.CoverageFloor);
        writer.Signed(parameters.HoldIntervals);
        writer.Signed(parameters.LateAllowance.Ticks);
    }

    private static void List<T>(SnapshotWriter writer, IReadOnlyList<T> items, Action<SnapshotWriter, T> write)
    {
        writer.Count(items.Count);
        foreach (var item in items)
        {
            write(writer, item);
        }
    }

    private static void Optional(SnapshotWriter writer, decimal? value) =>
        Optional(writer, value is { } some ? ((Numbers.Fraction)some).ToString() : null);

    private static void Optional(SnapshotWriter writer, string? value)
    {
        writer.Flag(value is not null);
        if (value is not null)
        {
            writer.Text(value);
        }
    }
}
