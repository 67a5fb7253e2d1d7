using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>Raw values between two times. Part 11, 6.5.3.</summary>
public sealed record ReadRawModifiedDetails : IUaEncodable<ReadRawModifiedDetails>
{
    public static uint EncodingId => 649;

    public bool IsReadModified { get; init; }

    public UaDateTime StartTime { get; init; }

    public UaDateTime EndTime { get; init; }

    public uint NumValuesPerNode { get; init; }

    public bool ReturnBounds { get; init; }

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteBoolean(IsReadModified);
        writer.WriteDateTime(StartTime);
        writer.WriteDateTime(EndTime);
        writer.WriteUInt32(NumValuesPerNode);
        writer.WriteBoolean(ReturnBounds);
    }

    public static ReadRawModifiedDetails Decode(ref UaReader reader) => new()
    {
        IsReadModified = reader.ReadBoolean(),
        StartTime = reader.ReadDateTime(),
        EndTime = reader.ReadDateTime(),
        NumValuesPerNode = reader.ReadUInt32(),
        ReturnBounds = reader.ReadBoolean(),
    };
}
