namespace EdgeAgent.Core.Kpi.Tracking;

/// <summary>
/// How the readings of a cumulative counter or meter become increments, all in units of the tag's last decimal.
/// </summary>
/// <param name="Modulus">Where it rolls over; 0 for never.</param>
/// <param name="Resolution">A step back of less than this is no movement; 0 for integers.</param>
internal readonly record struct CounterRule(long Modulus, long Resolution)
{
    /// <summary>
    /// The step between two readings, each below 2^62 in size. A step down is a rollover if the step forward modulo the
    /// width is under half of it, else a restart from zero.
    /// </summary>
    public CounterStep Step(long previous, long current)
    {
        if (current >= previous)
        {
            return new(current - previous, CounterMove.Forward);
        }

        if (previous - current < Resolution)
        {
            return new(0, CounterMove.None);
        }

        if (Modulus > 0)
        {
            var forward = Modulus - ((previous - current) % Modulus);
            if (forward < Modulus - forward)
            {
                return new(forward, CounterMove.Forward);
            }
        }

        return new(Math.Max(current, 0), CounterMove.Reset);
    }
}
