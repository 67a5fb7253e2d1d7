using EdgeAgent.Core.Model;

namespace EdgeAgent.Journal.Format;

// cause (1 byte)   from i64   to i64   scope   detail
internal static class GapCodec
{
    private const int FixedBytes = 1 + sizeof(long) + sizeof(long);

    public static int MaxBytes(Gap gap) => FixedBytes + TextCodec.MaxBytes(gap.Scope) + TextCodec.MaxBytes(gap.Detail);

    /// <summary>Says what keeps a gap from being stored, or null.</summary>
    public static string? Problem(Gap gap) =>
        TextCodec.Fits(gap.Scope) && TextCodec.Fits(gap.Detail) ? null : "The scope or detail of a gap is too long.";

    public static int Write(Span<byte> destination, Gap gap)
    {
        var writer = new ByteWriter(destination);
        writer.WriteByte((byte)gap.Cause);
        writer.WriteInt64(gap.From.Ticks);
        writer.WriteInt64(gap.To.Ticks);
        TextCodec.Write(ref writer, gap.Scope);
        TextCodec.Write(ref writer, gap.Detail);
        return writer.Position;
    }

    /// <exception cref="JournalFormatException"/>
    public static Gap Read(ReadOnlySpan<byte> body)
    {
        var reader = new ByteReader(body);
        var cause = (GapCause)reader.ReadByte();
        var from = new UtcTime(reader.ReadInt64());
        var to = new UtcTime(reader.ReadInt64());
        var scope = TextCodec.Read(ref reader);
        var detail = TextCodec.Read(ref reader);
        return scope is null || detail is null || !reader.IsAtEnd
            ? throw new JournalFormatException("A gap has no scope, no detail, or bytes too many.")
            : new Gap(scope, from, to, cause, detail);
    }
}
