namespace EdgeAgent.Journal;

/// <summary>
/// Keeps the state of the journal from what happens to it. Decisions only: no file, no clock. Not thread-safe.
/// </summary>
/// <param name="soundBytes">So much must be written without failure before a suspect disk is trusted again.</param>
internal sealed class JournalHealth(long soundBytes)
{
    private string _failure = "";
    private bool _isStopped;
    private bool _isFull;
    private string _budget = "";
    private long _suspectBytes;

    public JournalState State =>
        _isStopped ? JournalState.Stopped
        : _isFull ? JournalState.DiskFull
        : _budget.Length > 0 ? JournalState.BudgetReached
        : _suspectBytes > 0 ? JournalState.Suspect
        : JournalState.Healthy;

    public string Reason => State switch
    {
        JournalState.Healthy => "",
        JournalState.BudgetReached => _budget,
        _ => _failure,
    };

    /// <summary>A write, fsync, rename or fsync of the folder failed for want of room.</summary>
    public void OnDiskFull(string failure)
    {
        _isFull = true;
        _failure = failure;
    }

    /// <summary>One failed for another reason. The first time gets another chance, the second does not.</summary>
    public void OnBroken(string failure)
    {
        _isStopped = _suspectBytes > 0;
        _suspectBytes = soundBytes;
        _failure = failure;
    }

    public void OnBudgetReached(string reason) => _budget = reason;

    public void OnCommitted(long bytes)
    {
        _isFull = false;
        _budget = "";
        _suspectBytes = Math.Max(0, _suspectBytes - bytes);
    }
}
