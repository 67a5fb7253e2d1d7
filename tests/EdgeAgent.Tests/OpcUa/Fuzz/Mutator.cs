using System.Buffers.Binary;

namespace EdgeAgent.Tests.OpcUa.Fuzz;

/// <summary>Inputs made from seeds: flipped bits, telling bytes, inflated lengths, cuts, splices, and noise.</summary>
internal sealed class Mutator(IReadOnlyList<byte[]> seeds, Random random)
{
    private const int ChangesMax = 4;
    private const int NoiseMax = 300;

    // Lengths and counts at the edges of what a decoder may believe.
    private static readonly int[] TellingLengths =
        [0, 1, -1, -2, 2, 64, 255, 256, 65_535, 65_536, 65_537, 262_144, 262_145, 1 << 20, int.MaxValue, int.MinValue];

    // Masks of arrays and matrices, forms of ids, and the built-in types that contain others.
    private static readonly byte[] TellingBytes =
        [0, 1, 2, 3, 4, 5, 6, 0x0B, 0x0C, 0x16, 0x17, 0x18, 0x19, 0x3F, 0x40, 0x7F, 0x80, 0x98, 0xC3, 0xD8, 0xFF];

    public byte[] Next()
    {
        if (random.Next(50) == 0)
        {
            var noise = new byte[random.Next(NoiseMax)];
            random.NextBytes(noise);
            return noise;
        }

        var input = Seed().ToArray();
        for (var changes = random.Next(1, ChangesMax + 1); changes > 0 && input.Length > 0; changes--)
        {
            input = Change(input);
        }

        return input;
    }

    private byte[] Seed() => seeds[random.Next(seeds.Count)];

    private byte[] Change(byte[] input)
    {
        var at = random.Next(input.Length);
        switch (random.Next(8))
        {
            case 0:
                input[at] ^= (byte)(1 << random.Next(8));
                return input;
            case 1:
                input[at] = TellingBytes[random.Next(TellingBytes.Length)];
                return input;
            case 2 or 3:
                if (input.Length - at >= sizeof(int))
                {
                    BinaryPrimitives.WriteInt32LittleEndian(
                        input.AsSpan(at), TellingLengths[random.Next(TellingLengths.Length)]);
                }

                return input;
            case 4:
                return input[..at];
            case 5:
                var other = Seed();
                return [.. input.AsSpan(0, at), .. other.AsSpan(random.Next(other.Length + 1))];
            case 6:
                return [.. input.AsSpan(0, at), .. input.AsSpan(Math.Min(input.Length, at + random.Next(1, 9)))];
            default:
                // A piece of itself again, many times over: nesting and long arrays.
                var piece = input.AsSpan(at, Math.Min(input.Length - at, random.Next(1, 17))).ToArray();
                var repeated = Enumerable.Repeat(piece, random.Next(1, 200)).SelectMany(bytes => bytes);
                return [.. input.AsSpan(0, at), .. repeated, .. input.AsSpan(at)];
        }
    }
}
