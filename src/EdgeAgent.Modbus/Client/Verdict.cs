namespace EdgeAgent.Modbus.Client;

/// <summary>What the bytes received so far are.</summary>
internal enum Verdict : byte
{
    /// <summary>Not a whole frame yet.</summary>
    Incomplete,

    /// <summary>A whole frame, but not for the request that waits. It is dropped.</summary>
    Foreign,

    /// <summary>The request itself, heard by its sender. It is dropped.</summary>
    Echo,

    /// <summary>A whole frame that answers the request by its identifiers, but not by its content.</summary>
    Garbled,

    /// <summary>The answer.</summary>
    Answer,
}
