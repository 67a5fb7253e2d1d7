namespace EdgeAgent.Configuration.Reading;

internal enum SourceFileState
{
    /// <summary>Read whole; the content may still be wrong.</summary>
    Present,

    /// <summary>Not there.</summary>
    Absent,

    /// <summary>
    /// There, but not a text file we can read. What it would have said is unknown; that it is so is reported.
    /// </summary>
    Unreadable,
}
