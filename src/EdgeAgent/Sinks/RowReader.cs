using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Sinks;

/// <summary>Turns a stored row into a message, if its bytes are still those that were put.</summary>
internal static class RowReader
{
    public const string Columns = "sequence, id, topic, payload, checksum, created_at, attempts";
    public const int ColumnCount = 7;

    /// <param name="sequence">The row's key, also when the rest is damaged.</param>
    public static bool TryRead(SqliteDataReader reader, [NotNullWhen(true)] out OutboxRow? row, out long sequence)
    {
        row = null;
        sequence = reader.GetInt64(0);

        // A damaged record header may change even the type of a column.
        if (reader.GetValue(1) is not string id
            || reader.GetValue(2) is not string topic
            || reader.GetValue(3) is not byte[] payload
            || reader.GetValue(4) is not long checksum
            || reader.GetValue(5) is not long created
            || reader.GetValue(6) is not long attempts
            || checksum != RowChecksum.OfMessage(id, topic, payload))
        {
            return false;
        }

        row = new(sequence, new(id, topic, payload), new(created), (int)Math.Clamp(attempts, 0, int.MaxValue));
        return true;
    }
}
