namespace EdgeAgent.OpcUa.Certificates;

/// <summary>Whose certificate it is.</summary>
public enum CertificateRole
{
    /// <summary>The server's, as a client checks it.</summary>
    Server,

    /// <summary>The client's, as a server checks it.</summary>
    Client,

    /// <summary>A person's, as a server checks it in ActivateSession.</summary>
    User,
}
