using System.Security.Cryptography.X509Certificates;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Session;

/// <summary>Who logs in to the server (Part 4, 7.41). A password is never part of a text, a log or a message.</summary>
public abstract class UserIdentity
{
    private protected UserIdentity()
    {
    }

    /// <summary>Nobody in particular.</summary>
    public static UserIdentity Anonymous { get; } = new AnonymousIdentity();

    /// <summary>What a server has to offer for this identity.</summary>
    public abstract UserTokenType TokenType { get; }

    /// <param name="name">As the server knows it.</param>
    /// <param name="password">UTF-8; not copied. It is encrypted for the server at each activation.</param>
    public static UserIdentity UserName(string name, byte[] password) => new UserNameIdentity(name, password);

    /// <param name="certificate">With its RSA key; not disposed of here.</param>
    public static UserIdentity Certificate(X509Certificate2 certificate) => new CertificateIdentity(certificate);

    internal sealed class AnonymousIdentity : UserIdentity
    {
        public override UserTokenType TokenType => UserTokenType.Anonymous;
    }

    internal sealed class UserNameIdentity(string name, byte[] password) : UserIdentity
    {
        public override UserTokenType TokenType => UserTokenType.UserName;

        public string Name { get; } = name;

        public byte[] Password { get; } = password;
    }

    internal sealed class CertificateIdentity(X509Certificate2 certificate) : UserIdentity
    {
        public override UserTokenType TokenType => UserTokenType.Certificate;

        public X509Certificate2 WithKey { get; } = certificate;
    }
}
