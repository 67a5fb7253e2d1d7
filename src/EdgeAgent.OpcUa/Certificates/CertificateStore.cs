using System.Text;
using System.Text.RegularExpressions;

namespace EdgeAgent.OpcUa.Certificates;

/// <summary>
/// The folders in which an administrator decides whom to trust, as Part 12 divides them and other stacks lay them out:
/// <code>
///   own/certs   own/private            this application's certificate and key
///   trusted/certs   trusted/crl        applications and CAs that are trusted
///   issuers/certs   issuers/crl        CAs that only complete chains
///   rejected                           what was refused for want of trust
/// </code>
/// Whatever lies there counts from the next validation on. May be used from several threads.
/// </summary>
public sealed partial class CertificateStore
{
    /// <summary>
    /// Files that are kept of refused certificates, the newest. A peer that shows a new one each time must not fill the
    /// disk.
    /// </summary>
    public const int MaxRejected = 64;

    // Of the common name in a file name; with the thumbprint it stays below the 255 bytes of common file systems.
    private const int MaxNameLength = 40;

    private readonly Lock _rejecting = new();

    private CertificateStore(string folder) => Folder = folder;

    /// <summary>Its whole path.</summary>
    public string Folder { get; }

    internal string TrustCommand => $"edgeagent certs trust --pki {Quoted(Folder)}";

    /// <summary>Opens the folders, and makes those that are missing.</summary>
    /// <exception cref="IOException">
    /// The disk does not allow it; also <see cref="UnauthorizedAccessException"/>.
    /// </exception>
    public static CertificateStore Open(string folder)
    {
        var store = new CertificateStore(Path.GetFullPath(folder));
        foreach (var kind in Enum.GetValues<CertificateFolder>())
        {
            DurableFile.CreateFolder(store.PathOf(kind));
        }

        DurableFile.CreateFolder(Path.Combine(store.Folder, "trusted", "crl"));
        DurableFile.CreateFolder(Path.Combine(store.Folder, "issuers", "crl"));
        return store;
    }

    /// <summary>This application's certificate and key. They are made where there are none.</summary>
    /// <exception cref="OpcUaException">What lies there cannot be used; the message says what to do.</exception>
    /// <exception cref="IOException">
    /// The disk does not allow it; also <see cref="UnauthorizedAccessException"/>.
    /// </exception>
    public OwnCertificate OpenOwn(ApplicationFacts application, TimeProvider clock) =>
        new OwnCertificateFiles(PathOf(CertificateFolder.Own), Path.Combine(Folder, "own", "private"))
            .Open(application, clock.GetUtcNow());

    public string PathOf(CertificateFolder folder) => folder switch
    {
        CertificateFolder.Own => Path.Combine(Folder, "own", "certs"),
        CertificateFolder.Trusted => Path.Combine(Folder, "trusted", "certs"),
        CertificateFolder.Issuers => Path.Combine(Folder, "issuers", "certs"),
        _ => Path.Combine(Folder, "rejected"),
    };

    /// <summary>The certificates of a folder in the order of their files' names.</summary>
    /// <param name="problems">Takes up what could not be used.</param>
    public IReadOnlyList<StoredCertificate> List(CertificateFolder folder, List<FileProblem> problems) =>
        CertificateFiles.Certificates(folder, PathOf(folder), problems);

    /// <summary>The certificates in a file anywhere.</summary>
    /// <param name="problems">Takes up why there are none, or fewer than there should be.</param>
    public static IReadOnlyList<Certificate> ReadFile(string file, List<FileProblem> problems) =>
        CertificateFiles.Certificates(file, problems);

    /// <summary>Problems of the two folders of revocation lists, which <see cref="List"/> does not look at.</summary>
    public IReadOnlyList<FileProblem> ProblemsOfRevocationLists()
    {
        List<FileProblem> problems = [];
        _ = RevocationLists(problems);
        return problems;
    }

    /// <summary>
    /// Keeps a refused certificate for the administrator, and forgets the oldest beyond <see cref="MaxRejected"/>.
    /// </summary>
    public void Reject(Certificate certificate)
    {
        lock (_rejecting)
        {
            var path = PathIn(CertificateFolder.Rejected, certificate);
            if (File.Exists(path))
            {
                return;
            }

            DurableFile.Write(path, certificate.Der.Span, DurableFile.Public, replace: true);

            // What somebody put there by hand has another name and is left alone.
            var oldest = new DirectoryInfo(PathOf(CertificateFolder.Rejected)).EnumerateFiles()
                .Where(file => OwnFileName().IsMatch(file.Name) && file.FullName != path)
                .OrderByDescending(file => file.LastWriteTimeUtc)
                .Skip(MaxRejected - 1)
                .ToList();
            oldest.ForEach(file => file.Delete());
        }
    }

    /// <summary>Moves a certificate out of <see cref="CertificateFolder.Rejected"/> to the trusted ones.</summary>
    /// <exception cref="OpcUaException">Its file holds others as well.</exception>
    public void Trust(StoredCertificate rejected)
    {
        RequireAlone(rejected);
        DurableFile.Move(rejected.Path, PathIn(CertificateFolder.Trusted, rejected.Certificate));
    }

    /// <summary>Trusts a certificate that comes from elsewhere.</summary>
    public void Trust(Certificate certificate) => DurableFile.Write(
        PathIn(CertificateFolder.Trusted, certificate), certificate.Der.Span, DurableFile.Public, replace: true);

    /// <summary>
    /// Moves every copy of a certificate from the trusted ones to <see cref="CertificateFolder.Rejected"/>.
    /// </summary>
    /// <exception cref="OpcUaException">A file with it holds others as well; nothing has been moved then.</exception>
    public void Distrust(Certificate certificate)
    {
        var copies = List(CertificateFolder.Trusted, []).Where(copy => copy.Certificate.SameAs(certificate)).ToList();
        copies.ForEach(RequireAlone);
        foreach (var copy in copies)
        {
            DurableFile.Move(copy.Path, PathIn(CertificateFolder.Rejected, certificate));
        }
    }

    /// <summary>
    /// The certificate because of which this one is trusted: itself or a CA above it; null where none is.
    /// </summary>
    public Certificate? TrustedThrough(Certificate certificate, DateTimeOffset now)
    {
        var trustList = ReadTrustList();
        return CertificateChain.Build(certificate, [], trustList, now).Certificates.FirstOrDefault(trustList.Trusts);
    }

    /// <summary>Certificates whose thumbprint, SHA-1 or SHA-256, begins with these hexadecimal digits.</summary>
    /// <param name="prefix">Colons, blanks and the case of letters do not matter.</param>
    public IReadOnlyList<StoredCertificate> Find(CertificateFolder folder, string prefix, List<FileProblem> problems)
    {
        var digits = string.Concat(prefix.Where(character => character is not (':' or ' ' or '-')));
        return
        [
            .. List(folder, problems).Where(stored =>
                stored.Certificate.Thumbprint.StartsWith(digits, StringComparison.OrdinalIgnoreCase)
                || stored.Certificate.Sha256.StartsWith(digits, StringComparison.OrdinalIgnoreCase)),
        ];
    }

    internal TrustList ReadTrustList()
    {
        List<FileProblem> problems = [];
        return new(
            [.. List(CertificateFolder.Trusted, problems).Select(stored => stored.Certificate)],
            [.. List(CertificateFolder.Issuers, problems).Select(stored => stored.Certificate)],
            RevocationLists(problems),
            problems);
    }

    private List<RevocationList> RevocationLists(List<FileProblem> problems) =>
    [
        .. CertificateFiles.RevocationLists(Path.Combine(Folder, "trusted", "crl"), problems),
        .. CertificateFiles.RevocationLists(Path.Combine(Folder, "issuers", "crl"), problems),
    ];

    private static void RequireAlone(StoredCertificate stored)
    {
        if (!stored.IsAlone)
        {
            throw new OpcUaException(
                StatusCodes.BadInvalidState,
                $"{stored.Path} holds other certificates too. Split it into one file for each, and try again.");
        }
    }

    private string PathIn(CertificateFolder folder, Certificate certificate) =>
        Path.Combine(PathOf(folder), FileName(certificate));

    // The usual form, "name [thumbprint].der"; the peer chooses the name, so only harmless characters are taken.
    private static string FileName(Certificate certificate)
    {
        var name = new StringBuilder();
        foreach (var character in (certificate.SubjectName.CommonName ?? "").Take(MaxNameLength))
        {
            name.Append(char.IsLetterOrDigit(character) || character is '-' or '_' or '@' ? character : '_');
        }

        return $"{(name.Length == 0 ? "_" : name)} [{certificate.Thumbprint}].der";
    }

    private static string Quoted(string path) =>
        path.All(character => char.IsLetterOrDigit(character) || character is '/' or '.' or '-' or '_')
            ? path
            : "'" + path.Replace("'", @"'\''", StringComparison.Ordinal) + "'";

    [GeneratedRegex(@" \[[0-9A-F]{40}\]\.der$")]
    private static partial Regex OwnFileName();
}
