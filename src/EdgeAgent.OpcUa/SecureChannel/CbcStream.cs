using System.Buffers.Binary;
using System.Security.Cryptography;

namespace EdgeAgent.OpcUa.SecureChannel;

/// <summary>
/// AES-CBC in one direction, in place, where every chunk begins with the same initialization vector (Part 6, 6.7.2).
/// The platform's transform keeps chaining from the last block of the chunk before, and starting it afresh costs an
/// allocation and more time than a small chunk itself. So it is left to chain, and the first block is corrected: CBC
/// takes E(P xor chain), with P' = P xor chain xor IV it takes E(P xor IV).
/// </summary>
internal sealed class CbcStream : IDisposable
{
    public const int BlockLength = 16;

    private readonly ICryptoTransform _transform;
    private readonly bool _encrypts;
    private readonly UInt128 _vector;

    // The last block of cipher text that went through, which the transform will chain to.
    private UInt128 _chain;

    public CbcStream(ReadOnlySpan<byte> key, ReadOnlySpan<byte> vector, bool encrypts)
    {
        using var aes = Aes.Create();
        aes.SetKey(key);
        aes.Mode = CipherMode.CBC;
        aes.Padding = PaddingMode.None;
        aes.IV = vector.ToArray();
        _transform = encrypts ? aes.CreateEncryptor() : aes.CreateDecryptor();
        _encrypts = encrypts;
        _vector = _chain = BinaryPrimitives.ReadUInt128LittleEndian(vector);
    }

    /// <param name="count">A positive multiple of <see cref="BlockLength"/>.</param>
    public void Transform(byte[] buffer, int offset, int count)
    {
        var first = buffer.AsSpan(offset, BlockLength);
        var last = buffer.AsSpan(offset + count - BlockLength, BlockLength);
        var correction = _chain ^ _vector;
        if (_encrypts)
        {
            Xor(first, correction);
            _transform.TransformBlock(buffer, offset, count, buffer, offset);
            _chain = BinaryPrimitives.ReadUInt128LittleEndian(last);
        }
        else
        {
            _chain = BinaryPrimitives.ReadUInt128LittleEndian(last);
            _transform.TransformBlock(buffer, offset, count, buffer, offset);
            Xor(first, correction);
        }
    }

    public void Dispose() => _transform.Dispose();

    private static void Xor(Span<byte> block, UInt128 value) =>
        BinaryPrimitives.WriteUInt128LittleEndian(block, BinaryPrimitives.ReadUInt128LittleEndian(block) ^ value);
}
