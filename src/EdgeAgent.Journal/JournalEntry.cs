using EdgeAgent.Core.Model;

namespace EdgeAgent.Journal;

/// <summary>
/// What a reader gets: samples, or a gap. Exactly one of the two is set. Entries follow one another without hole or
/// overlap: the <see cref="NextSequence"/> of one is the <see cref="Sequence"/> of the next.
/// </summary>
/// <param name="Sequence">Sequence number of the first row, or of the gap.</param>
/// <param name="NextSequence">Where the next entry starts.</param>
/// <param name="Batch">
/// Held for the reader, who calls <see cref="SampleBatch.Release"/>. Its rows must not be changed.
/// </param>
/// <param name="Gap">
/// A stored gap, or one with the cause <see cref="GapCause.StorageDamaged"/> that stands for all the sequence numbers
/// from <paramref name="Sequence"/> to <paramref name="NextSequence"/> that cannot be read any more.
/// </param>
public readonly record struct JournalEntry(long Sequence, long NextSequence, SampleBatch? Batch, Gap? Gap);
