namespace EdgeAgent.Modbus.Client;

/// <summary>How a request ended. None of these is an exception: they are what plants do.</summary>
public enum ReadOutcome : byte
{
    /// <summary>The bytes asked for are there.</summary>
    Answered,

    /// <summary>The server said why not.</summary>
    Refused,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>Something came that is not the answer.</summary>
    Garbled,

    /// <summary>Not sent: a late answer to another address could not be told from this one's. Try again later.</summary>
    HeldBack,

    /// <summary>There is no connection, or it broke.</summary>
    Disconnected,

    /// <summary>Not sent: no request may read this point. It touches a forbidden address or exceeds the limits.</summary>
    NotReadable,
}
