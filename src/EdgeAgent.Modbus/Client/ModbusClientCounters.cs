namespace EdgeAgent.Modbus.Client;

/// <summary>What has happened on a line since the start. Written by the client only; any thread may read.</summary>
public sealed class ModbusClientCounters
{
    /// <summary>Requests sent.</summary>
    public long Requests { get; internal set; }

    /// <summary>Requests answered with data.</summary>
    public long Answers { get; internal set; }

    /// <summary>Requests refused with an exception code.</summary>
    public long Refusals { get; internal set; }

    /// <summary>Requests without an answer in time.</summary>
    public long Timeouts { get; internal set; }

    /// <summary>Answers that were not Modbus, or not what was asked: wrong CRC, length, byte count, unit, function.</summary>
    public long GarbledAnswers { get; internal set; }

    /// <summary>Whole frames nobody waited for: late, duplicate or another client's. Dropped.</summary>
    public long ForeignFrames { get; internal set; }

    /// <summary>Bytes thrown away while waiting for silence.</summary>
    public long DrainedBytes { get; internal set; }

    /// <summary>Requests not sent because a late answer to another address could not be told from theirs.</summary>
    public long HeldBackRequests { get; internal set; }

    /// <summary>Connections opened.</summary>
    public long Connections { get; internal set; }

    /// <summary>Connections that could not be opened.</summary>
    public long FailedConnections { get; internal set; }
}
