using System.Diagnostics;

namespace EdgeAgent.Simulator.Script;

/// <summary>
/// When a machine finishes items of a product: at <see cref="Phase"/> + k * <see cref="Cycle"/> of plant time. The
/// cycle divides a minute and the phase keeps off both ends of the cycle, so no item is finished near a whole minute.
/// Phases end in half a second and states change on whole seconds, so the two never coincide.
/// </summary>
internal sealed record ProductionCycle
{
    public ProductionCycle(Product product, int cycleSeconds, long phase)
    {
        Debug.Assert(60 % cycleSeconds == 0, "A cycle divides a minute.");
        Debug.Assert(phase >= PlantTime.MinuteMargin, "A phase keeps the margin after a whole minute.");
        Debug.Assert(phase <= (cycleSeconds * PlantTime.Second) - PlantTime.MinuteMargin, "And the one before it.");
        Debug.Assert(phase % PlantTime.Second == PlantTime.Second / 2, "A phase ends in half a second.");
        Product = product;
        Cycle = cycleSeconds * PlantTime.Second;
        Phase = phase;
    }

    public Product Product { get; }

    /// <summary>Microseconds per item.</summary>
    public long Cycle { get; }

    /// <summary>Microseconds after a whole minute.</summary>
    public long Phase { get; }

    /// <summary>How many grid points lie in (from, to].</summary>
    public long GridPoints(long from, long to) =>
        to <= from ? 0 : PlantTime.FloorDivide(to - Phase, Cycle) - PlantTime.FloorDivide(from - Phase, Cycle);
}
