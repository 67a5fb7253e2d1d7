using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Pipeline;

/// <summary>
/// What a source hands over: samples, or the statement that there are none. Exactly one of the two is set.
/// </summary>
public readonly record struct Captured
{
    private Captured(SampleBatch? batch, Gap? gap) => (Batch, Gap) = (batch, gap);

    /// <summary>Owned by the receiver, who releases it.</summary>
    public SampleBatch? Batch { get; }

    public Gap? Gap { get; }

    public static implicit operator Captured(SampleBatch batch) => new(batch, null);

    public static implicit operator Captured(Gap gap) => new(null, gap);
}
