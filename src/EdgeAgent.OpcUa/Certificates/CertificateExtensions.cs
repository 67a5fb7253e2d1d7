using System.Formats.Asn1;
using System.Net;
using System.Text;

namespace EdgeAgent.OpcUa.Certificates;

/// <summary>The extensions of a certificate that decide anything (RFC 5280, 4.2.1). Null where one is absent.</summary>
internal sealed class CertificateExtensions
{
    private const string SubjectKeyIdentifierId = "2.5.29.14";
    private const string KeyUsageId = "2.5.29.15";
    private const string SubjectAltNameId = "2.5.29.17";
    private const string BasicConstraintsId = "2.5.29.19";
    private const string CertificatePoliciesId = "2.5.29.32";
    private const string AuthorityKeyIdentifierId = "2.5.29.35";
    private const string ExtendedKeyUsageId = "2.5.29.37";

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly List<string> _uris = [];
    private readonly List<string> _dnsNames = [];
    private readonly List<IPAddress> _addresses = [];

    public KeyUsages? KeyUsage { get; private set; }

    public bool IsKeyUsageCritical { get; private set; }

    /// <summary>Object identifiers of the purposes.</summary>
    public IReadOnlyList<string>? ExtendedKeyUsage { get; private set; }

    public bool IsExtendedKeyUsageCritical { get; private set; }

    public bool IsCa { get; private set; }

    public bool IsBasicConstraintsCritical { get; private set; }

    /// <summary>How many CAs may stand below this one in a chain; null means any number.</summary>
    public int? PathLength { get; private set; }

    public ReadOnlyMemory<byte>? SubjectKeyId { get; private set; }

    public ReadOnlyMemory<byte>? AuthorityKeyId { get; private set; }

    public IReadOnlyList<string> Uris => _uris;

    public IReadOnlyList<string> DnsNames => _dnsNames;

    public IReadOnlyList<IPAddress> Addresses => _addresses;

    /// <summary>
    /// A critical extension that is not understood here; RFC 5280, 4.2 says to refuse the certificate.
    /// </summary>
    public string? UnknownCritical { get; private set; }

    // RFC 5280, 4.1
    //   Extensions ::= SEQUENCE OF Extension
    //   Extension  ::= SEQUENCE { extnID OBJECT IDENTIFIER, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }
    public static CertificateExtensions Read(AsnReader reader)
    {
        var extensions = new CertificateExtensions();
        var seen = new HashSet<string>();
        var list = reader.ReadSequence();
        while (list.HasData)
        {
            var extension = list.ReadSequence();
            var id = extension.ReadObjectIdentifier();
            var isCritical = extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean();
            var value = new AsnReader(extension.ReadOctetString(), AsnEncodingRules.DER);
            extension.ThrowIfNotEmpty();
            if (!seen.Add(id))
            {
                throw new AsnContentException($"the extension {id} occurs twice");
            }

            extensions.Take(id, isCritical, value);
        }

        return extensions;
    }

    private void Take(string id, bool isCritical, AsnReader value)
    {
        switch (id)
        {
            case KeyUsageId:
                KeyUsage = ReadKeyUsage(value);
                IsKeyUsageCritical = isCritical;
                break;
            case ExtendedKeyUsageId:
                ExtendedKeyUsage = ReadPurposes(value);
                IsExtendedKeyUsageCritical = isCritical;
                break;
            case BasicConstraintsId:
                ReadBasicConstraints(value);
                IsBasicConstraintsCritical = isCritical;
                break;
            case SubjectAltNameId:
                ReadAlternativeNames(value);
                break;
            case SubjectKeyIdentifierId:
                SubjectKeyId = value.ReadOctetString();
                break;
            case AuthorityKeyIdentifierId:
                AuthorityKeyId = ReadAuthorityKeyId(value);
                break;
            case CertificatePoliciesId:
                // Every policy is acceptable; what restricts policies is another extension, which is not understood.
                return;
            default:
                UnknownCritical ??= isCritical ? id : null;
                return;
        }

        value.ThrowIfNotEmpty();
    }

    // KeyUsage ::= BIT STRING; trailing zero bits, which DER forbids, occur in the field and change nothing.
    private static KeyUsages ReadKeyUsage(AsnReader value)
    {
        var bits = value.ReadBitString(out _);
        var usages = KeyUsages.None;
        for (var i = 0; i < Math.Min(bits.Length * 8, 9); i++)
        {
            var isSet = (bits[i / 8] & (0x80 >> (i % 8))) != 0;
            usages |= isSet ? (KeyUsages)(1 << i) : KeyUsages.None;
        }

        return usages;
    }

    // ExtKeyUsageSyntax ::= SEQUENCE SIZE (1..MAX) OF OBJECT IDENTIFIER
    private static List<string> ReadPurposes(AsnReader value)
    {
        var list = value.ReadSequence();
        List<string> purposes = [];
        while (list.HasData)
        {
            purposes.Add(list.ReadObjectIdentifier());
        }

        return purposes;
    }

    // BasicConstraints ::= SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER OPTIONAL }
    private void ReadBasicConstraints(AsnReader value)
    {
        var constraints = value.ReadSequence();
        IsCa = constraints.HasData
            && constraints.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean)
            && constraints.ReadBoolean();
        if (constraints.HasData)
        {
            if (!constraints.TryReadInt32(out var length) || length < 0)
            {
                throw new AsnContentException("the path length is not a small number");
            }

            PathLength = length;
        }

        constraints.ThrowIfNotEmpty();
    }

    // GeneralName ::= CHOICE { [1] rfc822Name, [2] dNSName, [6] uniformResourceIdentifier, [7] iPAddress, ... }
    private void ReadAlternativeNames(AsnReader value)
    {
        var names = value.ReadSequence();
        while (names.HasData)
        {
            var tag = names.PeekTag();
            switch (tag.TagClass == TagClass.ContextSpecific ? tag.TagValue : -1)
            {
                case 2:
                    _dnsNames.Add(ReadText(names, tag));
                    break;
                case 6:
                    _uris.Add(ReadText(names, tag));
                    break;
                case 7:
                    var address = names.ReadOctetString(tag);
                    if (address.Length is not (4 or 16))
                    {
                        throw new AsnContentException($"an IP address of {address.Length} bytes");
                    }

                    _addresses.Add(new IPAddress(address));
                    break;
                default:
                    names.ReadEncodedValue();
                    break;
            }
        }
    }

    // IA5String by the standard; device makers write UTF-8 into it, and it is compared character by character anyway.
    private static string ReadText(AsnReader names, Asn1Tag tag)
    {
        try
        {
            return StrictUtf8.GetString(names.ReadOctetString(tag));
        }
        catch (DecoderFallbackException)
        {
            throw new AsnContentException("an alternative name that is not text");
        }
    }

    // AuthorityKeyIdentifier ::= SEQUENCE { [0] keyIdentifier OCTET STRING OPTIONAL, [1] issuer, [2] serial number }
    private static ReadOnlyMemory<byte>? ReadAuthorityKeyId(AsnReader value)
    {
        var tag = new Asn1Tag(TagClass.ContextSpecific, 0);
        var fields = value.ReadSequence();
        return fields.HasData && fields.PeekTag().HasSameClassAndValue(tag) ? fields.ReadOctetString(tag) : null;
    }
}
