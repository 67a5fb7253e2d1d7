namespace EdgeAgent.Journal.Format;

/// <summary>
/// Stored bytes do not say what the format allows. Becomes damage in the segment reader, and goes no further.
/// </summary>
internal sealed class JournalFormatException(string message) : Exception(message);
