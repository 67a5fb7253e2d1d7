using System.Buffers.Text;
using System.Globalization;
using System.Text;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Sinks.TimeSeries;

// InfluxDB line protocol (docs.influxdata.com, "Line protocol reference"), one line a sample:
//
//   measurement,device=<device>,tag=<tag> value=21.5,status=0i 1700000000000000000\n
//   '--------- series, fixed per tag ----' '---- fields -----' '---- event time --'
//
//   Kind      field          written as         why a field of its own: a server gives a field one type for the
//   Float64   value          21.5               whole measurement, and answers 400 "field type conflict" to another
//   Int64     value_int      7i
//   Boolean   value_bool     true | false
//   Text      value_text     "…"
//   any       status         0i                 OPC UA StatusCode as an unsigned 32-bit number; 0 is Good. Signed
//                                               because InfluxDB 1.x refuses the unsigned suffix.
//
// The value stands there exactly when the status is Good or Uncertain. A Bad sample is a line with its status alone:
// never the last good value, never a zero. A float that is not a number cannot be written; such a sample goes out as
// BadOutOfRange, so that the rule holds for every reader.
//
//   in                     escaped with \        cannot be written                      written instead
//   measurement            comma space           control characters                     their picture (U+2400 …)
//   tag keys and values    comma space =         control characters                     their picture
//                                                \ at the end or before \ , space =     U+FF3C, fullwidth \
//   texts                  " \                   control characters                     their picture
//
// Control characters could be sent in a text, but VictoriaMetrics cuts lines at every LF, quoted or not: a PLC's string
// could then inject a point.
//
/// <summary>
/// The writing of single parts. Pure; every method returns false and has no effect that counts when there is no room.
/// </summary>
internal static class LineProtocol
{
    private static readonly Rune FullwidthBackslash = new('＼');

    /// <summary>The part of a line that is the same for every sample of a tag, with the space at its end.</summary>
    public static byte[] FormSeries(string measurement, Tag tag)
    {
        var text = new StringBuilder();
        AppendKey(text, measurement, special: ", ");
        if (tag.DeviceId.Length > 0)
        {
            text.Append(",device=");
            AppendKey(text, tag.DeviceId, special: ", =");
        }

        text.Append(",tag=");
        AppendKey(text, tag.Id, special: ", =");
        return Encoding.UTF8.GetBytes(text.Append(' ').ToString());
    }

    /// <summary>Writes one sample as one line, LF included.</summary>
    /// <param name="text">The value of a <see cref="ValueKind.Text"/> sample; null where nothing was read.</param>
    public static bool TryWriteLine(
        Span<byte> destination, ReadOnlySpan<byte> series, ValueKind kind, in Sample sample, string? text,
        long timestamp, out int written)
    {
        var line = new SpanWriter(destination);
        var status = sample.Status;
        if (!status.IsBad && !CanWrite(kind, sample, text))
        {
            status = StatusCode.BadOutOfRange;
        }

        line.Write(series);
        if (!status.IsBad)
        {
            WriteValue(ref line, kind, sample, text);
            line.Write(","u8);
        }

        line.Write("status="u8);
        line.Write(status.Value);
        line.Write("i "u8);
        line.Write(timestamp);
        line.Write("\n"u8);
        written = line.Written;
        return !line.IsFull;
    }

    /// <summary>
    /// An instant in the unit of the request, rounded towards the past; false outside the years 1677 to 2262.
    /// </summary>
    public static bool TryGetTimestamp(UtcTime time, TimestampPrecision precision, out long timestamp)
    {
        timestamp = 0;

        // Servers count nanoseconds in 64 bits whatever the request counts in.
        if (time.Ticks is < long.MinValue / 100 or > long.MaxValue / 100)
        {
            return false;
        }

        timestamp = precision switch
        {
            TimestampPrecision.Microseconds => time.Microseconds,
            TimestampPrecision.Milliseconds => FloorDivide(time.Ticks, TimeSpan.TicksPerMillisecond),
            TimestampPrecision.Seconds => FloorDivide(time.Ticks, TimeSpan.TicksPerSecond),
            _ => time.Ticks * 100,
        };
        return true;
    }

    private static long FloorDivide(long ticks, long unit)
    {
        var (quotient, remainder) = Math.DivRem(ticks, unit);
        return remainder < 0 ? quotient - 1 : quotient;
    }

    private static bool CanWrite(ValueKind kind, in Sample sample, string? text) => kind switch
    {
        ValueKind.Float64 => double.IsFinite(sample.Float64),
        ValueKind.Text => text is not null,
        _ => true,
    };

    private static void WriteValue(ref SpanWriter line, ValueKind kind, in Sample sample, string? text)
    {
        switch (kind)
        {
            case ValueKind.Float64:
                line.Write("value="u8);
                line.Write(sample.Float64);
                break;
            case ValueKind.Int64:
                line.Write("value_int="u8);
                line.Write(sample.Bits);
                line.Write("i"u8);
                break;
            case ValueKind.Boolean:
                line.Write(sample.Bits != 0 ? "value_bool=true"u8 : "value_bool=false"u8);
                break;
            case ValueKind.Text:
                line.Write("value_text=\""u8);
                line.WriteQuoted(text);
                line.Write("\""u8);
                break;
        }
    }

    private static void AppendKey(StringBuilder text, string key, string special)
    {
        for (var i = 0; i < key.Length; i++)
        {
            var c = key[i];
            if (special.Contains(c, StringComparison.Ordinal))
            {
                text.Append('\\').Append(c);
            }
            else if (c == '\\' && (i + 1 == key.Length || key[i + 1] == '\\' || special.Contains(key[i + 1])))
            {
                text.Append(FullwidthBackslash.ToString());
            }
            else
            {
                text.Append(char.IsControl(c) ? Picture(c) : c);
            }
        }
    }

    // The Unicode block of control pictures: U+2400 for NUL up to U+241F, U+2421 for DEL; C1 controls have none.
    private static char Picture(char control) => control switch
    {
        < ' ' => (char)('\u2400' + control),
        '\u007F' => '\u2421',
        _ => '\uFFFD',
    };

    /// <summary>Writes into a span until it is full, and then remembers only that it is.</summary>
    private ref struct SpanWriter(Span<byte> destination)
    {
        private readonly Span<byte> _destination = destination;

        public int Written { get; private set; }

        public bool IsFull { get; private set; }

        private readonly Span<byte> Rest => _destination[Written..];

        public void Write(ReadOnlySpan<byte> bytes) => Advance(bytes.TryCopyTo(Rest), bytes.Length);

        public void Write(long number) => Advance(Utf8Formatter.TryFormat(number, Rest, out var count), count);

        // The shortest digits that give the same double back.
        public void Write(double number) =>
            Advance(number.TryFormat(Rest, out var count, default, CultureInfo.InvariantCulture), count);

        public void WriteQuoted(ReadOnlySpan<char> text)
        {
            while (!text.IsEmpty && !IsFull)
            {
                Rune.DecodeFromUtf16(text, out var rune, out var count); // A lone surrogate becomes U+FFFD.
                text = text[count..];
                if (rune.Value is '"' or '\\')
                {
                    Write("\\"u8);
                }

                if (Rune.IsControl(rune))
                {
                    rune = new(Picture((char)rune.Value));
                }

                Advance(rune.TryEncodeToUtf8(Rest, out var bytes), bytes);
            }
        }

        private void Advance(bool fits, int count)
        {
            IsFull |= !fits;
            Written += IsFull ? 0 : count;
        }
    }
}
