namespace EdgeAgent.Core.Kpi;

/// <summary>What a reader must notice about a figure. Stored; numbers never change.</summary>
[Flags]
public enum KpiFlags
{
    None = 0,

    /// <summary>Effectiveness above 100 %: a planned run time is too long. Kept, but not for a declaration.</summary>
    EffectivenessAbove100 = 1,

    /// <summary>Production time above planned busy time: unplanned overtime, the calendar wants correcting.</summary>
    ProductionAbovePlan = 2,

    /// <summary>There was production outside the plan.</summary>
    ProductionOutsidePlan = 4,

    /// <summary>A product was made for which no planned run time is set.</summary>
    PlannedRunTimeMissing = 8,

    /// <summary>Coverage is below the floor: may not be declared.</summary>
    CoverageBelowFloor = 16,

    /// <summary>A counter or meter restarted from zero in the period.</summary>
    CounterReset = 32,

    /// <summary>Samples arrived too late to be used.</summary>
    LateSamples = 64,

    /// <summary>A machine told states that are in no row of its mapping.</summary>
    UnmappedState = 128,

    /// <summary>Something not in the ledger was found connected.</summary>
    NotInLedger = 256,
}
