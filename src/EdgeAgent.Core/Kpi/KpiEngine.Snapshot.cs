using System.Buffers;
using EdgeAgent.Core.Kpi.Snapshots;

namespace EdgeAgent.Core.Kpi;

/// <summary>Snapshots of the engine; their format is drawn at <see cref="SnapshotFormat"/>.</summary>
public sealed partial class KpiEngine
{
    /// <summary>Writes all that the records so far mean for results to come.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="position">The first record of the journal that this engine has not processed.</param>
    public void WriteSnapshot(IBufferWriter<byte> output, long position)
    {
        var body = new ArrayBufferWriter<byte>();
        var writer = new SnapshotWriter(body);
        writer.Signed(SampleCount);
        writer.Signed(UnbelievableCount);
        writer.Signed(UnboundCount);
        writer.Signed(_firstMinute);
        writer.Count(_plant.Strangers.Count);
        foreach (var device in _plant.Strangers)
        {
            writer.Text(device);
        }

        _book.Write(writer);
        _tracker.Write(writer);
        SnapshotFormat.WriteHeader(
            output.GetSpan(SnapshotFormat.HeaderBytes), body.WrittenCount, position, _modelHash);
        output.Advance(SnapshotFormat.HeaderBytes);
        output.Write(body.WrittenSpan);
    }

    /// <summary>An engine that stands where the snapshot was taken.</summary>
    /// <param name="model">The model the snapshot was made with; its entries may differ.</param>
    /// <param name="snapshot">What <see cref="WriteSnapshot"/> wrote.</param>
    /// <param name="position">The first record of the journal to process next.</param>
    /// <exception cref="KpiSnapshotException">The snapshot cannot be used; start over from the journal.</exception>
    public static KpiEngine Restore(KpiModel model, ReadOnlySpan<byte> snapshot, out long position)
    {
        var engine = new KpiEngine(model);
        (position, var offset) = SnapshotFormat.ReadHeader(snapshot, engine._modelHash);
        var reader = new SnapshotReader(snapshot[offset..]);
        engine.SampleCount = reader.Signed();
        engine.UnbelievableCount = reader.Signed();
        engine.UnboundCount = reader.Signed();
        engine._firstMinute = reader.Signed();
        var strangers = reader.Count(StrangersMax);
        for (var i = 0; i < strangers; i++)
        {
            engine._plant.Strangers.Add(reader.Text(4 * Tracking.TextCodes.MaxLength));
        }

        engine._book.Read(ref reader);
        engine._tracker.Read(ref reader);
        return reader.AtEnd ? engine : throw SnapshotReader.Damaged("bytes follow its end");
    }
}
