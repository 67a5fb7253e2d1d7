using System.Formats.Asn1;

namespace EdgeAgent.OpcUa.Certificates;

/// <summary>A certificate revocation list (RFC 5280, 5): which certificates of one issuer are withdrawn.</summary>
internal sealed class RevocationList
{
    /// <summary>
    /// Bytes of DER: room for about 25,000 withdrawn certificates. It is read anew for each validation.
    /// </summary>
    public const int MaxBytes = 1 << 20;

    private const string AuthorityKeyIdentifierId = "2.5.29.35";

    private readonly ReadOnlyMemory<byte> _signed;
    private readonly ReadOnlyMemory<byte> _signature;
    private readonly ReadOnlyMemory<byte> _revoked;
    private readonly SignatureAlgorithm _algorithm;
    private readonly DistinguishedName _issuer;

    // RFC 5280, 5.1
    //   CertificateList ::= SEQUENCE { tbsCertList, signatureAlgorithm AlgorithmIdentifier, signatureValue BIT STRING }
    //   TBSCertList     ::= SEQUENCE { version INTEGER OPTIONAL, signature AlgorithmIdentifier, issuer Name,
    //                                  thisUpdate Time, nextUpdate Time OPTIONAL,
    //                                  revokedCertificates SEQUENCE OF Revoked OPTIONAL, [0] crlExtensions OPTIONAL }
    //   Revoked         ::= SEQUENCE { serial INTEGER, revocationDate Time, crlEntryExtensions Extensions OPTIONAL }
    private RevocationList(ReadOnlyMemory<byte> der)
    {
        var reader = new AsnReader(der, AsnEncodingRules.DER);
        var whole = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        _signed = whole.PeekEncodedValue();
        var fields = whole.ReadSequence();
        var outerAlgorithm = whole.PeekEncodedValue();
        _algorithm = SignatureAlgorithm.Read(whole);
        _signature = Certificate.ReadSignature(whole);
        whole.ThrowIfNotEmpty();

        if (fields.PeekTag().HasSameClassAndValue(Asn1Tag.Integer))
        {
            fields.ReadIntegerBytes();
        }

        if (!fields.ReadEncodedValue().Span.SequenceEqual(outerAlgorithm.Span))
        {
            throw new AsnContentException("it names two different signature algorithms");
        }

        _issuer = DistinguishedName.Read(fields);
        ThisUpdate = Certificate.ReadTime(fields);
        if (fields.HasData && IsTime(fields.PeekTag()))
        {
            NextUpdate = Certificate.ReadTime(fields);
        }

        if (fields.HasData && fields.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
        {
            _revoked = fields.ReadEncodedValue();
            _ = Find(default);
        }

        if (fields.HasData)
        {
            var extensions = fields.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true));
            RefuseCritical(extensions.ReadSequence());
            extensions.ThrowIfNotEmpty();
        }

        fields.ThrowIfNotEmpty();
    }

    public DateTimeOffset ThisUpdate { get; }

    /// <summary>When the next one is due. RFC 5280 demands it; without it nobody knows how old is too old.</summary>
    public DateTimeOffset? NextUpdate { get; }

    public string Issuer => _issuer.Text;

    /// <param name="fault">Why it cannot be used; empty where it can.</param>
    public static RevocationList? TryRead(ReadOnlyMemory<byte> der, out string fault)
    {
        if (der.Length > MaxBytes)
        {
            fault = $"it has {der.Length} bytes, more than {MaxBytes}";
            return null;
        }

        try
        {
            fault = "";
            return new RevocationList(der);
        }
        catch (AsnContentException error)
        {
            fault = error.Message;
            return null;
        }
    }

    /// <summary>
    /// Whether it is from this CA, by name, key and the right to sign such lists. Costs an RSA operation.
    /// </summary>
    public bool IsFrom(Certificate issuer) =>
        _issuer.SameAs(issuer.SubjectName)
        && (issuer.KeyUsage ?? KeyUsages.CrlSign).HasFlag(KeyUsages.CrlSign)
        && _algorithm.IsStrong
        && issuer.Key is { } key
        && key.Verifies(_algorithm, _signed.Span, _signature.Span);

    public bool Revokes(Certificate certificate) => !_revoked.IsEmpty && Find(certificate.Serial.Span);

    // With an empty number it walks through to the end, which is how the list is checked when it is read.
    private bool Find(ReadOnlySpan<byte> serial)
    {
        var entries = new AsnReader(_revoked, AsnEncodingRules.DER).ReadSequence();
        while (entries.HasData)
        {
            var entry = entries.ReadSequence();
            var number = entry.ReadIntegerBytes();
            if (serial.Length > 0)
            {
                if (number.Span.SequenceEqual(serial))
                {
                    return true;
                }

                continue;
            }

            Certificate.ReadTime(entry);
            if (entry.HasData)
            {
                RefuseCritical(entry.ReadSequence());
            }

            entry.ThrowIfNotEmpty();
        }

        return false;
    }

    // A list of changes, of one part only, or of somebody else's certificates says so with a critical extension.
    private static void RefuseCritical(AsnReader extensions)
    {
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            var id = extension.ReadObjectIdentifier();
            var isCritical = extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean();
            extension.ReadOctetString();
            extension.ThrowIfNotEmpty();
            if (isCritical && id != AuthorityKeyIdentifierId)
            {
                throw new AsnContentException($"it has the critical extension {id}, which is not understood here");
            }
        }
    }

    private static bool IsTime(Asn1Tag tag) =>
        tag.HasSameClassAndValue(Asn1Tag.UtcTime) || tag.HasSameClassAndValue(Asn1Tag.GeneralizedTime);
}
