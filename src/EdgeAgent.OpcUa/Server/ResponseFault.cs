namespace EdgeAgent.OpcUa.Server;

/// <summary>What can go wrong with one answer.</summary>
public enum ResponseFault
{
    None = 0,

    /// <summary>It is sent after the answer that follows it.</summary>
    Late,

    /// <summary>It is sent twice.</summary>
    Twice,

    /// <summary>It is begun, and then given up with an abort chunk.</summary>
    Aborted,

    /// <summary>It names a security token that does not exist.</summary>
    WrongToken,

    /// <summary>Random bytes are sent in its place.</summary>
    Garbage,

    /// <summary>It is not sent at all.</summary>
    Lost,
}
