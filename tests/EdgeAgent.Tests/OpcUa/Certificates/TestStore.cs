using EdgeAgent.OpcUa.Certificates;

namespace EdgeAgent.Tests.OpcUa.Certificates;

/// <summary>A store in a folder that goes away with the test.</summary>
internal sealed class TestStore : IDisposable
{
    public TestStore()
    {
        Folder = Directory.CreateTempSubdirectory("edgeagent-pki-").FullName;
        Store = CertificateStore.Open(Folder);
    }

    public string Folder { get; }

    public CertificateStore Store { get; }

    public List<FileProblem> Problems { get; } = [];

    public string At(params string[] path) => Path.Combine([Folder, .. path]);

    public string Put(byte[] bytes, params string[] path)
    {
        File.WriteAllBytes(At(path), bytes);
        return At(path);
    }

    public IReadOnlyList<StoredCertificate> List(CertificateFolder folder) => Store.List(folder, Problems);

    public CertificateVerdict Validate(World world) =>
        new CertificateValidator(Store, new FixedClock(world.Time), world.Rules)
            .Validate(world.Sent(world), world.Expectation);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>A clock that stands still.</summary>
    internal sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
