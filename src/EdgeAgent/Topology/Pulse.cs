namespace EdgeAgent.Topology;

/// <summary>
/// Whether a loop still turns. The loop says <see cref="Busy"/> when it takes up work and <see cref="Idle"/> when there
/// is none; it is stuck when it has been busy for longer than <paramref name="limit"/> without a sign. One writer; any
/// thread may ask.
/// </summary>
/// <param name="name">Shown to people, for example "journal".</param>
/// <param name="limit">Longer than the slowest honest piece of work, for example an fsync on a worn flash card.</param>
internal sealed class Pulse(string name, TimeSpan limit, TimeProvider clock)
{
    /// <summary>Longer than any honest piece of work: an fsync on a worn flash card may take seconds.</summary>
    public static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(30);

    private const long NotBusy = 0;
    private long _busySince = NotBusy;

    public string Name { get; } = name;

    public void Busy() => Interlocked.Exchange(ref _busySince, clock.GetTimestamp());

    public void Idle() => Interlocked.Exchange(ref _busySince, NotBusy);

    /// <summary>How long the loop has been stuck, or null while it is well.</summary>
    public TimeSpan? StuckFor()
    {
        var since = Interlocked.Read(ref _busySince);
        return since != NotBusy && clock.GetElapsedTime(since) is var busy && busy > limit ? busy : null;
    }
}
