namespace EdgeAgent.Journal;

/// <summary>The journal cannot be used as configured. The message names the place and the remedy.</summary>
public sealed class JournalUnavailableException : Exception
{
    public JournalUnavailableException(string message)
        : base(message)
    {
    }

    public JournalUnavailableException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
