using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace EdgeAgent.Tests.OpcUa.Certificates;

/// <summary>RSA keys by name, made once for all tests: they cost more than everything that is done with them.</summary>
internal static class Keys
{
    private static readonly ConcurrentDictionary<(string Name, int Bits), Lazy<RSA>> Made = new();

    public static RSA Of(string name, int bits = 2048) =>
        Made.GetOrAdd((name, bits), _ => new(() => RSA.Create(bits))).Value;
}
