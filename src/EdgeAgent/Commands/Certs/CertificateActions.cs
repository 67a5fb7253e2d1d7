using EdgeAgent.Configuration;
using EdgeAgent.OpcUa.Certificates;

namespace EdgeAgent.Commands.Certs;

/// <summary>
/// What <c>edgeagent certs</c> does in a folder that is there. What it cannot do, it says to the errors.
/// </summary>
internal sealed class CertificateActions(
    CertificateStore store, TimeProvider clock, TextWriter output, TextWriter errors)
{
    // A shorter beginning could be hit by a certificate that somebody made for it.
    private const int MinPrefix = 8;

    private static readonly CertificateFolder[] Folders = Enum.GetValues<CertificateFolder>();

    private readonly DateTimeOffset _now = clock.GetUtcNow();

    public int List()
    {
        output.WriteLine(store.Folder);
        List<FileProblem> problems = [];
        foreach (var folder in Folders)
        {
            var found = store.List(folder, problems);
            output.WriteLine();
            output.WriteLine($"{CertificateText.Both(CertificateText.NameOf(folder))}: {found.Count}");
            foreach (var stored in found)
            {
                CertificateText.WriteEntry(stored.Certificate, _now, output);
            }
        }

        problems.AddRange(store.ProblemsOfRevocationLists());
        CertificateText.WriteProblems(problems, output);
        return ExitCode.Ok;
    }

    public int Show(string prefix)
    {
        var found = Folders.SelectMany(folder => Find(folder, prefix)).ToList();
        if (!IsOne(found, prefix, ("所有文件夹", "any folder")))
        {
            return ExitCode.Unusable;
        }

        WriteDetails(found[0].Certificate, found);
        return ExitCode.Ok;
    }

    public int Trust(string prefix)
    {
        var found = Find(CertificateFolder.Rejected, prefix);
        var trusted = Find(CertificateFolder.Trusted, prefix);
        if (found.Count == 0 && trusted is [var already, ..])
        {
            output.WriteLine($"已经信任 / trusted already: {already.Certificate.Subject}");
            return ExitCode.Ok;
        }

        if (!IsOne(found, prefix, CertificateText.NameOf(CertificateFolder.Rejected)))
        {
            return ExitCode.Unusable;
        }

        store.Trust(found.OrderByDescending(stored => stored.IsAlone).First());
        WriteTrusted(found[0].Certificate);
        return ExitCode.Ok;
    }

    public int TrustFile(string file)
    {
        List<FileProblem> problems = [];
        var found = CertificateStore.ReadFile(file, problems);
        if (found is not [var certificate])
        {
            Complain(found.Count == 0
                ? ($"{file} 里没有可用的证书", $"{file} holds no certificate that can be used")
                : (Bilingual)($"{file} 里有 {found.Count} 张证书，请拆成单独的文件",
                    $"{file} holds {found.Count} certificates; split it into one file for each"));
            CertificateText.WriteProblems(problems, errors);
            return ExitCode.Unusable;
        }

        store.Trust(certificate);
        WriteTrusted(certificate);
        return ExitCode.Ok;
    }

    public int Reject(string prefix)
    {
        var found = Find(CertificateFolder.Trusted, prefix);
        if (!IsOne(found, prefix, CertificateText.NameOf(CertificateFolder.Trusted)))
        {
            return ExitCode.Unusable;
        }

        var certificate = found[0].Certificate;
        store.Distrust(certificate);
        output.WriteLine($"不再信任 / no longer trusted: {certificate.Subject}");
        WriteThumbprints(certificate);
        output.WriteLine("已经连上的要到下次连接才检查 / open connections are checked when they connect again");
        if (store.TrustedThrough(certificate, _now) is { } ca)
        {
            output.WriteLine($"注意：CA {ca.Subject} 仍被信任，所以它签发的这张证书仍然有效；请让 CA 吊销它，或拒绝这个 CA");
            output.WriteLine($"    but the CA {ca.Subject} is still trusted, and with it this certificate; "
                + $"have it revoked there, or: edgeagent certs reject {CertificateText.Short(ca)}");
        }

        return ExitCode.Ok;
    }

    private List<StoredCertificate> Find(CertificateFolder folder, string prefix) =>
        IsPrefix(prefix) ? [.. store.Find(folder, prefix, [])] : [];

    private static bool IsPrefix(string text)
    {
        var digits = text.Where(character => character is not (':' or ' ' or '-')).ToList();
        return digits.Count >= MinPrefix && digits.TrueForAll(char.IsAsciiHexDigit);
    }

    // Copies of one certificate are one.
    private bool IsOne(List<StoredCertificate> found, string prefix, Bilingual where)
    {
        var different = found.DistinctBy(stored => stored.Certificate.Sha256).ToList();
        if (different.Count == 1)
        {
            return true;
        }

        if (!IsPrefix(prefix))
        {
            Complain((
                $"\"{prefix}\" 不是指纹：至少写 {MinPrefix} 位十六进制数字",
                $"\"{prefix}\" is no thumbprint: write at least {MinPrefix} hexadecimal digits of it"));
            return false;
        }

        Complain(different.Count == 0
            ? ($"“{where.Chinese}”里没有以 {prefix} 开头的证书；用 edgeagent certs list 查看",
                $"no certificate in {where.English} begins with {prefix}; edgeagent certs list shows what is there")
            : (Bilingual)($"有 {different.Count} 张证书以 {prefix} 开头，请多写几位",
                $"{different.Count} certificates begin with {prefix}; write more digits"));
        foreach (var stored in different)
        {
            errors.WriteLine($"  {stored.Certificate.Thumbprint}  {stored.Certificate.Subject}");
        }

        return false;
    }

    private void WriteTrusted(Certificate certificate)
    {
        output.WriteLine($"已信任 / trusted: {certificate.Subject}");
        WriteThumbprints(certificate);
        output.WriteLine($"  {CertificateText.Both(CertificateText.Validity(certificate, _now))}");
        if (certificate.IsCa)
        {
            output.WriteLine("这是 CA：它签发的证书从此都被信任；它的吊销列表放到 trusted/crl");
            output.WriteLine("    this is a CA: what it issues is trusted from now on; put its revocation list into "
                + "trusted/crl");
        }

        output.WriteLine("下次连接时生效 / takes effect at the next attempt to connect");
    }

    private void WriteThumbprints(Certificate certificate)
    {
        output.WriteLine($"  SHA-1    {certificate.Thumbprint}");
        output.WriteLine($"  SHA-256  {certificate.Sha256}");
    }

    private void WriteDetails(Certificate certificate, List<StoredCertificate> copies)
    {
        Line("主题 / subject", certificate.Subject);
        Line("签发者 / issuer", certificate.IsSelfSigned ? "自签名 / itself" : certificate.Issuer);
        Line("序列号 / serial number", certificate.SerialNumber);
        Line("SHA-1", certificate.Thumbprint);
        Line("SHA-256", certificate.Sha256);
        Line("应用 / application", Certificate.Printable(string.Join(", ", certificate.ApplicationUris)));
        Line("主机 / hosts", Certificate.Printable(string.Join(
            ", ", certificate.DnsNames.Concat(certificate.Addresses.Select(address => address.ToString())))));
        Line("有效期 / validity", $"{CertificateText.Minute(certificate.NotBefore)} – "
            + $"{CertificateText.Minute(certificate.NotAfter)}  "
            + CertificateText.Both(CertificateText.Validity(certificate, _now)));
        Line("密钥 / key", certificate.KeyBits == 0 ? "不是 RSA / not RSA" : $"RSA {certificate.KeyBits}");
        Line("签名 / signature", certificate.SignatureName);
        Line("用途 / usage", certificate.KeyUsage?.ToString() ?? "");
        Line("CA", certificate.IsCa ? "是 / yes" : "否 / no");
        foreach (var copy in copies)
        {
            Line(CertificateText.Both(CertificateText.NameOf(copy.Folder)), copy.Path);
        }

        if (store.TrustedThrough(certificate, _now) is { } trusted)
        {
            Line("信任 / trusted", trusted.Thumbprint == certificate.Thumbprint
                ? "是 / yes"
                : $"通过 CA / through the CA {trusted.Subject} ({CertificateText.Short(trusted)})");
        }
    }

    private void Line(string name, string value)
    {
        // A Chinese character takes two columns of a terminal.
        var width = name.Sum(character => character > '\u2E80' ? 2 : 1);
        output.WriteLine($"{name}{new string(' ', Math.Max(1, 26 - width))}{(value.Length == 0 ? "-" : value)}");
    }

    private void Complain(Bilingual text)
    {
        errors.WriteLine($"错误：{text.Chinese}");
        errors.WriteLine($"    error: {text.English}");
    }
}
