using System.Buffers;
using System.Text;

namespace EdgeAgent.Simulator.Configuration;

/// <summary>Writes comma-separated values (RFC 4180), with line feeds.</summary>
internal sealed class CsvText
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    private readonly StringBuilder _text = new();

    public CsvText(params ReadOnlySpan<string> header) => Row(header);

    public CsvText Row(params ReadOnlySpan<string> fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            _text.Append(i == 0 ? "" : ",").Append(
                fields[i].AsSpan().ContainsAny(Special) ? $"\"{fields[i].Replace("\"", "\"\"")}\"" : fields[i]);
        }

        _text.Append('\n');
        return this;
    }

    public override string ToString() => _text.ToString();
}
