using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;

namespace EdgeAgent.OpcUa.Certificates;

/// <summary>
/// One X.509 v3 certificate, read strictly from DER. That it can be read says nothing about whether it may be trusted;
/// that is what <see cref="CertificateValidator"/> decides.
/// </summary>
public sealed class Certificate
{
    /// <summary>
    /// Bytes of DER. No application certificate comes near it, and it bounds what a peer can make this code work on;
    /// the same limit is found in other stacks.
    /// </summary>
    public const int MaxBytes = 7500;

    // Part 4, 6.1.3 gives no number. Root, a few levels below it and the application.
    internal const int MaxChainLength = 8;

    private readonly ReadOnlyMemory<byte> _signed;
    private readonly ReadOnlyMemory<byte> _signature;
    private SignatureAnswer? _lastAnswer;

    // RFC 5280, 4.1
    //   Certificate    ::= SEQUENCE { tbsCertificate, signatureAlgorithm AlgorithmIdentifier, signature BIT STRING }
    //   TBSCertificate ::= SEQUENCE { [0] version INTEGER, serialNumber INTEGER, signature AlgorithmIdentifier,
    //                                 issuer Name, validity SEQUENCE { notBefore Time, notAfter Time }, subject Name,
    //                                 subjectPublicKeyInfo, [1] issuerUniqueID, [2] subjectUniqueID, [3] extensions }
    private Certificate(ReadOnlyMemory<byte> der)
    {
        Der = der;
        var reader = new AsnReader(der, AsnEncodingRules.DER);
        var whole = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        _signed = whole.PeekEncodedValue();
        var fields = whole.ReadSequence();
        var outerAlgorithm = whole.PeekEncodedValue();
        SignatureAlgorithm = SignatureAlgorithm.Read(whole);
        _signature = ReadSignature(whole);
        whole.ThrowIfNotEmpty();

        var isVersion3 = fields.ReadSequence(Context(0)).TryReadInt32(out var version) && version == 2;
        Serial = fields.ReadIntegerBytes();
        if (!fields.ReadEncodedValue().Span.SequenceEqual(outerAlgorithm.Span))
        {
            throw new AsnContentException("it names two different signature algorithms");
        }

        IssuerName = DistinguishedName.Read(fields);
        var validity = fields.ReadSequence();
        NotBefore = ReadTime(validity);
        NotAfter = ReadTime(validity);
        validity.ThrowIfNotEmpty();
        SubjectName = DistinguishedName.Read(fields);
        Key = RsaPublicKey.Read(fields);
        Skip(fields, 1);
        Skip(fields, 2);
        Extensions = new();
        if (fields.HasData)
        {
            var extensions = fields.ReadSequence(Context(3));
            Extensions = CertificateExtensions.Read(extensions);
            extensions.ThrowIfNotEmpty();
        }

        fields.ThrowIfNotEmpty();
        if (!isVersion3)
        {
            throw new AsnContentException("it is not of version 3");
        }

        Thumbprint = Convert.ToHexString(Sha1(der.Span));
        Sha256 = Convert.ToHexString(SHA256.HashData(der.Span));
    }

    public ReadOnlyMemory<byte> Der { get; }

    /// <summary>
    /// SHA-1 of the DER, 40 upper-case hexadecimal digits: the name that OPC UA gives to a certificate.
    /// </summary>
    public string Thumbprint { get; }

    /// <summary>SHA-256 of the DER, 64 upper-case hexadecimal digits.</summary>
    public string Sha256 { get; }

    /// <summary>Fit for a terminal or a log, whatever the peer wrote into it.</summary>
    public string Subject => SubjectName.Text;

    /// <summary>As <see cref="Subject"/>.</summary>
    public string Issuer => IssuerName.Text;

    /// <summary>Upper-case hexadecimal digits.</summary>
    public string SerialNumber => Convert.ToHexString(Serial.Span);

    public DateTimeOffset NotBefore { get; }

    public DateTimeOffset NotAfter { get; }

    /// <summary>
    /// The URI among the alternative names (Part 6, 6.2.2), as it is written there; <see cref="Printable"/> makes it
    /// fit for people.
    /// </summary>
    public string? ApplicationUri => Extensions.Uris is [var uri, ..] ? uri : null;

    /// <summary>All of them, should there be several.</summary>
    public IReadOnlyList<string> ApplicationUris => Extensions.Uris;

    /// <summary>DNS names among the alternative names, as they are written there.</summary>
    public IReadOnlyList<string> DnsNames => Extensions.DnsNames;

    public IReadOnlyList<IPAddress> Addresses => Extensions.Addresses;

    /// <summary>Length of the RSA key, or 0 where the key is of another kind.</summary>
    public int KeyBits => Key?.Bits ?? 0;

    public string SignatureName => SignatureAlgorithm.Name;

    /// <summary>Null where the certificate does not say.</summary>
    public KeyUsages? KeyUsage => Extensions.KeyUsage;

    public bool IsCa => Extensions.IsCa;

    /// <summary>Whether it names itself as its issuer and is signed with its own key.</summary>
    public bool IsSelfSigned => IsRoot && IsSignedBy(this);

    internal DistinguishedName SubjectName { get; }

    internal DistinguishedName IssuerName { get; }

    internal ReadOnlyMemory<byte> Serial { get; }

    internal SignatureAlgorithm SignatureAlgorithm { get; }

    internal RsaPublicKey? Key { get; }

    internal CertificateExtensions Extensions { get; }

    /// <summary>Whether a chain ends here: it names itself as its issuer, and no other key of that name.</summary>
    internal bool IsRoot => SubjectName.SameAs(IssuerName)
        && (Extensions.AuthorityKeyId is not { } authority || Extensions.SubjectKeyId is not { } subject
            || authority.Span.SequenceEqual(subject.Span));

    /// <summary>Text out of a certificate, fit for a terminal or a log.</summary>
    public static string Printable(string text) => DistinguishedName.Printable(text);

    /// <summary>Reads one certificate with nothing behind it.</summary>
    /// <param name="fault">Why it cannot be read; empty where it can.</param>
    public static Certificate? TryRead(ReadOnlyMemory<byte> der, out string fault)
    {
        if (der.Length > MaxBytes)
        {
            fault = $"it has {der.Length} bytes, more than {MaxBytes}";
            return null;
        }

        try
        {
            fault = "";
            return new Certificate(der);
        }
        catch (AsnContentException error)
        {
            fault = error.Message;
            return null;
        }
    }

    /// <summary>
    /// Reads a chain as it travels: certificates one behind the other, the leaf first (Part 6, 6.2.6).
    /// </summary>
    /// <returns>Null where anything in it cannot be read.</returns>
    public static IReadOnlyList<Certificate>? TryReadChain(ReadOnlyMemory<byte> chain, out string fault)
    {
        List<Certificate> certificates = [];
        do
        {
            if (certificates.Count == MaxChainLength)
            {
                fault = $"more than {MaxChainLength} certificates, or bytes behind the last one";
                return null;
            }

            if (!AsnDecoder.TryReadEncodedValue(
                chain.Span, AsnEncodingRules.DER, out _, out _, out _, out var length))
            {
                fault = chain.IsEmpty ? "it is empty" : "it does not begin with a whole DER value";
                return null;
            }

            if (TryRead(chain[..length], out fault) is not { } certificate)
            {
                return null;
            }

            certificates.Add(certificate);
            chain = chain[length..];
        }
        while (!chain.IsEmpty);
        return certificates;
    }

    internal bool SameAs(Certificate other) => Der.Span.SequenceEqual(other.Der.Span);

    /// <summary>Whether the names and the key identifiers allow that the other one has issued this one.</summary>
    internal bool CanBeIssuedBy(Certificate issuer) => IssuerName.SameAs(issuer.SubjectName)
        && (Extensions.AuthorityKeyId is not { } authority || issuer.Extensions.SubjectKeyId is not { } subject
            || authority.Span.SequenceEqual(subject.Span));

    /// <summary>Costs an RSA operation, except where the same issuer was asked for last.</summary>
    internal bool IsSignedBy(Certificate issuer)
    {
        var answer = _lastAnswer;
        if (answer is null || !ReferenceEquals(answer.Issuer, issuer))
        {
            var signs = issuer.Key is { } key && key.Verifies(SignatureAlgorithm, _signed.Span, _signature.Span);
            answer = new(issuer, signs);
            _lastAnswer = answer;
        }

        return answer.Signs;
    }

    // RSA signatures are whole bytes; bits to be left out would give one signature several forms.
    internal static ReadOnlyMemory<byte> ReadSignature(AsnReader reader)
    {
        var signature = reader.ReadBitString(out var unused);
        return unused == 0 ? signature : throw new AsnContentException("its signature does not end with a whole byte");
    }

    internal static DateTimeOffset ReadTime(AsnReader reader) =>
        reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime)
            ? reader.ReadUtcTime(twoDigitYearMax: 2049)
            : reader.ReadGeneralizedTime();

#pragma warning disable CA5350 // OPC UA names certificates by their SHA-1 (Part 4, 7.3); nothing is decided by it.
    private static byte[] Sha1(ReadOnlySpan<byte> der) => SHA1.HashData(der);
#pragma warning restore CA5350

    private static Asn1Tag Context(int number) => new(TagClass.ContextSpecific, number, isConstructed: true);

    private static void Skip(AsnReader fields, int number)
    {
        if (fields.HasData && fields.PeekTag().HasSameClassAndValue(Context(number)))
        {
            fields.ReadEncodedValue();
        }
    }

    // One reference, so that threads may share a certificate.
    private sealed record SignatureAnswer(Certificate Issuer, bool Signs);
}
