using System.Formats.Asn1;
using System.Globalization;
using System.Text;

namespace EdgeAgent.OpcUa.Certificates;

/// <summary>
/// A name in a certificate or a revocation list. Two names are the same when their bytes are: a CA copies its own name
/// into what it issues.
/// </summary>
internal sealed class DistinguishedName
{
    // Enough for a person to recognise it; a hostile name may fill the whole certificate.
    private const int MaxTextLength = 200;

    private static readonly Dictionary<string, string> ShortNames = new()
    {
        ["2.5.4.3"] = "CN",
        ["2.5.4.5"] = "SERIALNUMBER",
        ["2.5.4.6"] = "C",
        ["2.5.4.7"] = "L",
        ["2.5.4.8"] = "ST",
        ["2.5.4.9"] = "STREET",
        ["2.5.4.10"] = "O",
        ["2.5.4.11"] = "OU",
        ["0.9.2342.19200300.100.1.25"] = "DC",
        ["1.2.840.113549.1.9.1"] = "E",
    };

    private readonly ReadOnlyMemory<byte> _encoded;

    private DistinguishedName(ReadOnlyMemory<byte> encoded, string text, string? commonName)
    {
        _encoded = encoded;
        Text = text;
        CommonName = commonName;
    }

    public bool IsEmpty => Text.Length == 0;

    /// <summary>
    /// As in RFC 4514, the last part first, and with nothing that moves a cursor.
    /// </summary>
    public string Text { get; }

    public string? CommonName { get; }

    // RFC 5280, 4.1.2.4
    //   Name                      ::= SEQUENCE OF RelativeDistinguishedName
    //   RelativeDistinguishedName ::= SET OF SEQUENCE { type OBJECT IDENTIFIER, value ANY }
    public static DistinguishedName Read(AsnReader reader)
    {
        var encoded = reader.PeekEncodedValue();
        var names = reader.ReadSequence();
        List<string> text = [];
        string? commonName = null;
        while (names.HasData)
        {
            // Not every CA sorts its sets as DER demands; what is compared are the bytes.
            var set = names.ReadSetOf(skipSortOrderValidation: true);
            List<string> attributes = [];
            do
            {
                var attribute = set.ReadSequence();
                var type = attribute.ReadObjectIdentifier();
                var value = ReadValue(attribute);
                attribute.ThrowIfNotEmpty();
                commonName ??= type == "2.5.4.3" ? value : null;
                attributes.Add($"{ShortNames.GetValueOrDefault(type, type)}={Escape(value)}");
            }
            while (set.HasData);
            text.Insert(0, string.Join(" + ", attributes));
        }

        return new(encoded, Cut(string.Join(", ", text)), commonName);
    }

    public bool SameAs(DistinguishedName other) => _encoded.Span.SequenceEqual(other._encoded.Span);

    /// <summary>
    /// Text for a terminal or a log: what would move a cursor or turn the direction is shown as a question mark.
    /// </summary>
    public static string Printable(string text)
    {
        var printable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var isText = Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned);
            printable.Append(isText ? rune.ToString() : "?");
        }

        return Cut(printable.ToString());
    }

    private static string ReadValue(AsnReader attribute)
    {
        var tag = attribute.PeekTag();
        if (tag.TagClass == TagClass.Universal
            && (UniversalTagNumber)tag.TagValue is UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString
                or UniversalTagNumber.IA5String or UniversalTagNumber.BMPString or UniversalTagNumber.T61String
                or UniversalTagNumber.NumericString or UniversalTagNumber.VisibleString)
        {
            return attribute.ReadCharacterString((UniversalTagNumber)tag.TagValue);
        }

        return "#" + Convert.ToHexString(attribute.ReadEncodedValue().Span);
    }

    private static string Escape(string value)
    {
        var escaped = new StringBuilder(value.Length);
        foreach (var character in Printable(value))
        {
            escaped.Append(character is ',' or '+' or '"' or '\\' or '<' or '>' or ';' or '=' ? "\\" : "")
                .Append(character);
        }

        return escaped.ToString();
    }

    private static string Cut(string text) => text.Length <= MaxTextLength ? text : text[..MaxTextLength] + "…";
}
