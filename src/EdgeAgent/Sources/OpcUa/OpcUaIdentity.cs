using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Session;
using StatusCodes = EdgeAgent.OpcUa.StatusCodes;

namespace EdgeAgent.Sources.OpcUa;

/// <summary>Where the agent's identity at a server lies: files with absolute paths; anonymous without any.</summary>
internal sealed record OpcUaIdentity
{
    public static readonly OpcUaIdentity Anonymous = new();

    public string? User { get; init; }

    public string? PasswordFile { get; init; }

    public string? CertificateFile { get; init; }

    public string? KeyFile { get; init; }

    /// <exception cref="OpcUaException">A file cannot be read, or is not what it should be.</exception>
    public UserIdentity Open()
    {
        try
        {
            return CertificateFile is not null
                ? UserIdentity.Certificate(X509Certificate2.CreateFromPemFile(CertificateFile, KeyFile))
                : User is not null
                ? UserIdentity.UserName(User, ReadPassword(PasswordFile!))
                : UserIdentity.Anonymous;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            var file = CertificateFile is null ? "password file" : "certificate or key file";
            throw new OpcUaException(
                StatusCodes.BadConfigurationError, $"the {file} of the identity cannot be read: {error.Message}",
                error);
        }
    }

    // A file that ends with a line break was written by an editor; the password does not.
    private static byte[] ReadPassword(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var length = bytes.AsSpan().TrimEnd("\r\n"u8).Length;
        var password = bytes[..length];
        CryptographicOperations.ZeroMemory(bytes);
        return password;
    }
}
