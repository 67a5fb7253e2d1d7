using System.Globalization;
using EdgeAgent.Configuration;
using EdgeAgent.OpcUa.Certificates;

namespace EdgeAgent.Commands.Certs;

/// <summary>
/// How certificates look on a terminal. The peer has written parts of them; nothing of that moves the cursor.
/// </summary>
internal static class CertificateText
{
    // Enough to tell a plant's certificates apart and to type; "show" has all of it.
    private const int ShortLength = 12;

    public static string Short(Certificate certificate) => certificate.Thumbprint[..ShortLength];

    public static Bilingual NameOf(CertificateFolder folder) => folder switch
    {
        CertificateFolder.Own => ("自己的", "own"),
        CertificateFolder.Trusted => ("信任的", "trusted"),
        CertificateFolder.Issuers => ("中间 CA", "issuers"),
        _ => ("被拒绝的", "rejected"),
    };

    /// <summary>Three lines: which, whose, how long.</summary>
    public static void WriteEntry(Certificate certificate, DateTimeOffset now, TextWriter output)
    {
        var margin = new string(' ', ShortLength + 4);
        output.WriteLine($"  {Short(certificate)}  {certificate.Subject}{(certificate.IsCa ? "  [CA]" : "")}");
        if (certificate.ApplicationUri is { } uri)
        {
            output.WriteLine(margin + Certificate.Printable(uri));
        }

        output.WriteLine($"{margin}{Day(certificate.NotBefore)} – {Day(certificate.NotAfter)}  "
            + Both(Validity(certificate, now)));
    }

    public static Bilingual Validity(Certificate certificate, DateTimeOffset now)
    {
        if (now < certificate.NotBefore)
        {
            return ("尚未生效", "not valid yet");
        }

        var left = certificate.NotAfter - now;
        var days = Math.Abs((long)Math.Floor(left.TotalDays)).ToString(CultureInfo.InvariantCulture);
        return left < TimeSpan.Zero
            ? ($"已过期 {days} 天", $"expired {days} days ago")
            : left < OwnCertificate.RenewalNotice
                ? ($"只剩 {days} 天，请更换", $"only {days} days left, renew it")
                : (Bilingual)($"还剩 {days} 天", $"{days} days left");
    }

    public static void WriteProblems(IReadOnlyList<FileProblem> problems, TextWriter output)
    {
        if (problems.Count > 0)
        {
            output.WriteLine();
            output.WriteLine($"用不上的文件 / files of no use: {problems.Count}");
            foreach (var problem in problems)
            {
                output.WriteLine($"  {problem.Path} {Certificate.Printable(problem.Reason)}");
            }
        }
    }

    public static string Both(Bilingual text) => $"{text.Chinese} / {text.English}";

    public static string Minute(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    private static string Day(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
