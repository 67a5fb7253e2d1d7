using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace EdgeAgent.OpcUa.Certificates;

/// <summary>
/// The files of this application's certificate and key. An operator may supply both; where there is nothing, both are
/// made, the key first: after a power cut between the two, and after the certificate alone was deleted to renew it, the
/// key gets a new certificate.
/// </summary>
internal sealed class OwnCertificateFiles(string certificates, string keys)
{
    private const string KeyName = "edgeagent.pem";
    private const string CertificateName = "edgeagent.der";

    // Hidden, so that nobody takes it for a key.
    private const string LockName = ".lock";

    // Two key files, of which one is wrong, are already too many.
    private const int MaxKeyFiles = 10;

    // An RSA key of 16,384 bits in PEM.
    private const int MaxKeyFileBytes = 16 << 10;

    private static readonly int[] KeyLengths = [2048, 3072, 4096];

    /// <exception cref="OpcUaException">What lies there cannot be used; the message says what to do.</exception>
    public OwnCertificate Open(ApplicationFacts application, DateTimeOffset now)
    {
        DurableFile.CreateFolder(certificates);
        DurableFile.CreateFolder(keys, forOwnerOnly: true);
        if (Certificates().Count == 0)
        {
            using var alone = LockMaking();
            if (Certificates().Count == 0)
            {
                Make(application, now);
            }
        }

        var found = Certificates();
        var keyFile = KeyFile()
            ?? throw Unusable(
                $"{found[0].Path} has no private key in {keys}. Put its key there, or delete the certificate to have a "
                + "new one made.");
        using var key = ReadKey(keyFile);
        return Choose(found, key, keyFile, application);
    }

    private void Make(ApplicationFacts application, DateTimeOffset now)
    {
        var keyFile = KeyFile() ?? MakeKey(application.KeyBits);
        if (Path.GetFileName(keyFile) != KeyName)
        {
            throw Unusable($"{keyFile} has no certificate in {certificates}. Put its certificate there.");
        }

        using var key = ReadKey(keyFile);
        var certificate = OwnCertificateMaker.Make(application, key, now);
        DurableFile.Write(Path.Combine(certificates, CertificateName), certificate, DurableFile.Public, replace: true);
    }

    private IReadOnlyList<StoredCertificate> Certificates()
    {
        List<FileProblem> problems = [];
        var found = CertificateFiles.Certificates(CertificateFolder.Own, certificates, problems);
        if (found.Count == 0)
        {
            // What cannot be read may be the certificate; making another one would hide that.
            Refuse(problems);
        }

        return found;
    }

    private string? KeyFile()
    {
        List<FileProblem> problems = [];
        var files = CertificateFiles.List(keys, MaxKeyFiles, problems);
        Refuse(problems);
        return files.Count <= 1
            ? files.SingleOrDefault()
            : throw Unusable($"{keys} holds {files.Count} files. Leave the one private key in it that is to be used.");
    }

    // Two programs of one agent may start at once, and a certificate for the other one's key would be of no use.
    private FileStream LockMaking()
    {
        try
        {
            return new FileStream(
                Path.Combine(keys, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (error is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new OpcUaException(
                StatusCodes.BadResourceUnavailable,
                $"Another program is making the certificate in {keys} at this moment. Try again.",
                error);
        }
    }

    private OwnCertificate Choose(
        IReadOnlyList<StoredCertificate> found, RSA key, string keyFile, ApplicationFacts application)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        var own = found
            .Where(stored => stored.Certificate.Key?.SameAs(parameters) == true)
            .OrderByDescending(stored => stored.Certificate.NotAfter)
            .FirstOrDefault()
            ?? throw Unusable($"No certificate in {certificates} is for the key {keyFile}. Put its certificate there.");
        var leaf = own.Certificate;
        if (leaf.ApplicationUri is not { } uri)
        {
            throw Unusable(
                $"{own.Path} names no application URI. Have it issued with one (subjectAltName=URI:urn:...), which OPC "
                + "UA demands.");
        }

        if (application.ApplicationUri is { } wanted && wanted != uri)
        {
            throw Unusable(
                $"{own.Path} is of the application {DistinguishedName.Printable(uri)}, but the configuration says "
                + $"{wanted}. Correct the configuration, or delete the certificate to have a new one made.");
        }

        if (!KeyLengths.Contains(leaf.KeyBits))
        {
            throw Unusable($"{keyFile} is an RSA key of {leaf.KeyBits} bits. Use one of 2048, 3072 or 4096 bits.");
        }

        var trustList = new TrustList([], [.. found.Select(stored => stored.Certificate)], [], []);
        var chain = CertificateChain.Build(leaf, [], trustList, leaf.NotBefore).Certificates;
        using var withoutKey = X509CertificateLoader.LoadCertificate(leaf.Der.Span);
        return new(leaf, withoutKey.CopyWithPrivateKey(key), [.. chain.Select(link => link.Der.ToArray())]);
    }

    private string MakeKey(int bits)
    {
        if (!KeyLengths.Contains(bits))
        {
            throw Unusable($"An RSA key of {bits} bits cannot be made. Choose 2048, 3072 or 4096 bits.");
        }

        using var key = RSA.Create(bits);
        var pkcs8 = key.ExportPkcs8PrivateKey();
        var pem = PemEncoding.WriteUtf8("PRIVATE KEY"u8, pkcs8);
        var path = Path.Combine(keys, KeyName);
        try
        {
            DurableFile.Write(path, pem, DurableFile.OwnerOnly, replace: false);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
            CryptographicOperations.ZeroMemory(pem);
        }

        return path;
    }

    private static RSA ReadKey(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~DurableFile.OwnerOnlyFolder) != 0)
        {
            throw Unusable($"The private key {path} can be used by others than its owner. Run: chmod 600 '{path}'");
        }

        List<FileProblem> problems = [];
        var bytes = CertificateFiles.ReadBytes(path, MaxKeyFileBytes, problems);
        Refuse(problems);
        var text = Encoding.Latin1.GetChars(bytes!);
        if (text.AsSpan().Contains("-----BEGIN ENCRYPTED", StringComparison.Ordinal))
        {
            throw Unusable(
                $"The private key {path} is encrypted, and nobody is there to type its password. Decrypt it: openssl "
                + "pkcs8 -in KEY -out NEW, and chmod 600 NEW.");
        }

        var key = RSA.Create();
        try
        {
            if (text.AsSpan().Contains("-----BEGIN ", StringComparison.Ordinal))
            {
                key.ImportFromPem(text);
            }
            else
            {
                key.ImportPkcs8PrivateKey(bytes, out _);
            }

            return key;
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new OpcUaException(
                StatusCodes.BadConfigurationError,
                $"{path} is not an RSA private key in PKCS#8, PEM or DER: {error.Message}",
                error);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
            text.AsSpan().Clear();
        }
    }

    private static void Refuse(List<FileProblem> problems)
    {
        if (problems is [var problem, ..])
        {
            throw Unusable($"{problem.Path} {problem.Reason}. Replace it or take it away.");
        }
    }

    private static OpcUaException Unusable(string message) => new(StatusCodes.BadConfigurationError, message);
}
