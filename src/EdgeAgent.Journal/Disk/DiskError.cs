namespace EdgeAgent.Journal.Disk;

/// <summary>What a failed call of the file system means for the journal. A decision only.</summary>
internal static class DiskError
{
    private const int LinuxNoSpace = 28;
    private const int LinuxQuota = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    /// <summary>Whether an exception is the file system's, and not a mistake of ours.</summary>
    public static bool IsOne(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>Whether it goes away when someone makes room.</summary>
    public static bool IsFull(Exception exception) =>
        exception is IOException
        && exception.HResult is LinuxNoSpace or LinuxQuota or WindowsDiskFull or WindowsHandleDiskFull;
}
