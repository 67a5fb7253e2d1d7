using EdgeAgent.Journal;
using EdgeAgent.OpcUa;
using EdgeAgent.Sinks;

namespace EdgeAgent.Commands;

/// <summary>What keeps an agent from using its data folder, in words for the person who can mend it.</summary>
internal static class DataFolder
{
    public static bool IsUnusable(Exception error) =>
        error is JournalUnavailableException or OutboxException or OpcUaException or IOException
            or UnauthorizedAccessException;

    public static string Complaint(Exception error) => $"数据文件夹不能使用。/ The data folder cannot be used. {error.Message}";
}
