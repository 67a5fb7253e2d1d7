using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.Benchmarks.OpcUa;

/// <summary>
/// One chunk of 64 KiB under each policy's symmetric keys: about 1,900 numbers with status and both times.
/// </summary>
[MemoryDiagnoser]
public class ChunkProtection
{
    private const int ChunkBytes = 65_536;

    private readonly PooledBuffer _output = new();
    private readonly byte[] _chunk = new byte[ChunkBytes];
    private readonly byte[] _signature = new byte[SymmetricKeys.SignatureLength];
    private byte[] _body = [];
    private ChunkWriter _writer = null!;
    private SymmetricKeys? _receiving;

    /// <summary>Sign is the same under all policies; the others sign and encrypt.</summary>
    [Params("None", "Sign", "Aes128", "Aes256")]
    public string Security { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var (policy, mode) = Security switch
        {
            "None" => (SecurityPolicy.None, MessageSecurityMode.None),
            "Sign" => (SecurityPolicy.Basic256Sha256, MessageSecurityMode.Sign),
            "Aes128" => (SecurityPolicy.Aes128Sha256RsaOaep, MessageSecurityMode.SignAndEncrypt),
            _ => (SecurityPolicy.Aes256Sha256RsaPss, MessageSecurityMode.SignAndEncrypt),
        };
        var agreement = new TransportAgreement(ChunkBytes, ChunkBytes, 1 << 20, 100, 1 << 20, 100);
        _writer = new(agreement, StatusCodes.BadRequestTooLarge) { ChannelId = 1 };
        (var sending, _receiving) = SymmetricKeys.Derive(
            policy, mode, RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
        _writer.UseToken(1, sending);
        _body = new byte[ChunkLayout.MaxBody(ChunkBytes, sending)];
    }

    /// <summary>Copies, numbers, signs and encrypts.</summary>
    [Benchmark]
    public int Write()
    {
        _output.Clear();
        _writer.Write(MessageType.Message, 1, _body, _output);
        return _output.Length;
    }

    /// <summary>Decrypts in place and verifies; that the bytes are nonsense does not change the time.</summary>
    [Benchmark]
    public bool Uncover()
    {
        if (_receiving is not { } keys)
        {
            return true;
        }

        if (keys.Encrypts)
        {
            keys.Transform(_chunk, ChunkLayout.SequenceOffset, ChunkBytes - ChunkLayout.SequenceOffset);
        }

        return keys.Verify(_chunk, _signature);
    }
}
