using EdgeAgent.Core.Kpi.Snapshots;

namespace EdgeAgent.Core.Kpi.Measures;

/// <summary>
/// What a work unit's time went into, in microseconds. Planned busy time is not stored: it follows from the calendar.
/// Setup, delay and down outside the plan are no loss of planned time and are not kept.
/// </summary>
internal struct UnitMeasures : IMeasures<UnitMeasures>
{
    /// <summary>Within the plan.</summary>
    public long Production;

    public long ProductionOutsidePlan;
    public long Setup;
    public long Delay;
    public long Down;

    /// <summary>The part of delay and down, within the plan, that was micro-stops.</summary>
    public long MicroStop;

    /// <summary>Planned time known by Good, and by Uncertain samples, and time whose samples told no state.</summary>
    public long Good;
    public long Uncertain;
    public long Bad;

    /// <summary>The part of <see cref="Bad"/> in which the state was in no row of the mapping.</summary>
    public long Unmapped;

    public void Add(in UnitMeasures other, bool endsHere)
    {
        Production += other.Production;
        ProductionOutsidePlan += other.ProductionOutsidePlan;
        Setup += other.Setup;
        Delay += other.Delay;
        Down += other.Down;
        MicroStop += other.MicroStop;
        Good += other.Good;
        Uncertain += other.Uncertain;
        Bad += other.Bad;
        Unmapped += other.Unmapped;
    }

    public readonly void Write(SnapshotWriter writer)
    {
        writer.Signed(Production);
        writer.Signed(ProductionOutsidePlan);
        writer.Signed(Setup);
        writer.Signed(Delay);
        writer.Signed(Down);
        writer.Signed(MicroStop);
        writer.Signed(Good);
        writer.Signed(Uncertain);
        writer.Signed(Bad);
        writer.Signed(Unmapped);
    }

    public static UnitMeasures Read(ref SnapshotReader reader) => new()
    {
        Production = reader.Signed(),
        ProductionOutsidePlan = reader.Signed(),
        Setup = reader.Signed(),
        Delay = reader.Signed(),
        Down = reader.Signed(),
        MicroStop = reader.Signed(),
        Good = reader.Signed(),
        Uncertain = reader.Signed(),
        Bad = reader.Signed(),
        Unmapped = reader.Signed(),
    };
}
