using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Server;

// Part 4, 7.26; Part 6, 5.2.2.15: the NotificationMessage of data changes
//
//    0          4            12        16         20   21         25        29
//    +----------+------------+---------+----------+----+----------+---------+------- - -+-----------+
//    | sequence | publish    | 1       | 811      | 1  | length   | count   | items     | no diagn. |
//    +----------+------------+---------+----------+----+----------+---------+------- - -+-----------+
//
// An item is its client handle (4) and a DataValue: mask (1), Variant (type 1, value), status (4, unless Good), source
// and server time (8 each). 811 takes four bytes: 01 00 2B 03.
//
/// <summary>Writes what waits in the queues straight from them into a message.</summary>
internal static class NotificationWriter
{
    private const byte HasValue = 0x01;
    private const byte HasStatus = 0x02;
    private const byte HasSourceTime = 0x04;
    private const byte HasServerTime = 0x08;

    /// <summary>Writes as many values as fit and removes them from their queues.</summary>
    /// <param name="ready">Items with values, the longest waiting first; those emptied are taken out.</param>
    /// <param name="maxCount">Most values.</param>
    /// <param name="maxBytes">Where the message has to end; at least one value is written.</param>
    /// <returns>How many values were written.</returns>
    public static int WriteDataChange(
        UaWriter writer, uint sequence, UaDateTime publishTime, Queue<MonitoredItem> ready, int maxCount, int maxBytes)
    {
        writer.WriteUInt32(sequence);
        writer.WriteDateTime(publishTime);
        writer.WriteInt32(1);
        writer.WriteEncodingId(DataChangeNotification.EncodingId);
        writer.WriteByte((byte)ExtensionObjectBody.Binary);
        var length = writer.Position;
        writer.WriteInt32(0);
        var countAt = writer.Position;
        writer.WriteInt32(0);
        var count = WriteItems(writer, ready, maxCount, maxBytes);
        writer.WriteInt32(0);
        writer.Patch(countAt, (uint)count);
        writer.Patch(length, (uint)(writer.Position - countAt));
        return count;
    }

    public static void WriteStatusChange(UaWriter writer, uint sequence, UaDateTime publishTime, StatusCode status)
    {
        writer.WriteUInt32(sequence);
        writer.WriteDateTime(publishTime);
        writer.WriteInt32(1);
        writer.WriteExtensionObject(ExtensionObject.Of(new StatusChangeNotification { Status = status }));
    }

    public static void WriteKeepAlive(UaWriter writer, uint nextSequence, UaDateTime publishTime)
    {
        writer.WriteUInt32(nextSequence);
        writer.WriteDateTime(publishTime);
        writer.WriteInt32(0);
    }

    private static int WriteItems(
        UaWriter writer, Queue<MonitoredItem> ready, int maxCount, int maxBytes)
    {
        var count = 0;
        while (ready.TryPeek(out var item))
        {
            while (item.Count > 0)
            {
                if (count == maxCount)
                {
                    return count;
                }

                var before = writer.Position;
                WriteItem(writer, item);
                if (writer.Position > maxBytes && count > 0)
                {
                    writer.Truncate(before);
                    return count;
                }

                item.RemoveFirst();
                count++;
            }

            item.IsListed = false;
            ready.Dequeue();
        }

        return count;
    }

    private static void WriteItem(UaWriter writer, MonitoredItem item)
    {
        ref readonly var value = ref item.First;
        var source = item.Timestamps is TimestampsToReturn.Source or TimestampsToReturn.Both
            && !value.SourceTime.IsNone;
        var server = item.Timestamps is TimestampsToReturn.Server or TimestampsToReturn.Both;
        writer.WriteUInt32(item.ClientHandle);
        writer.WriteByte((byte)((value.Value.IsNull ? 0 : HasValue) | (value.Status.Value == 0 ? 0 : HasStatus)
            | (source ? HasSourceTime : 0) | (server ? HasServerTime : 0)));
        if (!value.Value.IsNull)
        {
            writer.WriteVariant(value.Value);
        }

        if (value.Status.Value != 0)
        {
            writer.WriteStatusCode(value.Status);
        }

        if (source)
        {
            writer.WriteDateTime(value.SourceTime);
        }

        if (server)
        {
            writer.WriteDateTime(value.ServerTime);
        }
    }
}
