namespace EdgeAgent.OpcUa.Binary;

/// <summary>A value with its quality and times (Part 4, 7.11).</summary>
public readonly record struct DataValue
{
    // Kept as plain numbers: as structures of their own the runtime would give eight bytes to each, 48 in all.
    private readonly long _sourceTicks;
    private readonly long _serverTicks;
    private readonly uint _status;

    public DataValue(
        Variant value, StatusCode status = default, UaDateTime sourceTime = default, UaDateTime serverTime = default) =>
        (Value, Status, SourceTime, ServerTime) = (value, status, sourceTime, serverTime);

    public Variant Value { get; init; }

    public StatusCode Status
    {
        get => new(_status);
        init => _status = value.Value;
    }

    /// <summary>When the device says the value was so.</summary>
    public UaDateTime SourceTime
    {
        get => new(_sourceTicks);
        init => _sourceTicks = value.Ticks;
    }

    /// <summary>When the server last knew it to be so.</summary>
    public UaDateTime ServerTime
    {
        get => new(_serverTicks);
        init => _serverTicks = value.Ticks;
    }

    /// <summary>0 to 9,999 steps of 10 ps beyond <see cref="SourceTime"/>.</summary>
    public ushort SourcePicoseconds { get; init; }

    /// <summary>0 to 9,999 steps of 10 ps beyond <see cref="ServerTime"/>.</summary>
    public ushort ServerPicoseconds { get; init; }
}
