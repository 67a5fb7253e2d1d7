namespace EdgeAgent.OpcUa.Subscription;

[Flags]
internal enum RowMarks
{
    None = 0,

    /// <summary>The same reading as the last one: not a change.</summary>
    Repeated = 1,

    /// <summary>The first after a hole.</summary>
    First = 2,

    /// <summary>The server's queue was full, and something before it was lost.</summary>
    Overflow = 4,

    /// <summary>Its handle is not of this subscription.</summary>
    Stranger = 8,
}
