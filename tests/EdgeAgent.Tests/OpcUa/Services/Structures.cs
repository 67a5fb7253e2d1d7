using System.Reflection;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.Tests.OpcUa.Services;

/// <summary>
/// All structures of the leaf, found by reflection so that none can be forgotten, and their codecs untyped.
/// </summary>
internal static class Structures
{
    public delegate object Decoder(ReadOnlySpan<byte> bytes, DecodingLimits limits);

    public static IReadOnlyList<Type> All { get; } =
        [.. typeof(IUaStructure<>).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(ReadRequest).Namespace)
            .Where(type => !type.IsInterface && !type.IsAbstract && Implements(type, typeof(IUaStructure<>)))
            .OrderBy(type => type.Name, StringComparer.Ordinal)];

    /// <summary>Those that stand alone in a message or an ExtensionObject, by the id of their encoding.</summary>
    public static IReadOnlyDictionary<uint, Type> ByEncodingId { get; } =
        All.Where(type => Implements(type, typeof(IUaEncodable<>))).ToDictionary(EncodingId);

    private static readonly Dictionary<Type, Decoder> Decoders = All.ToDictionary(type => type, type =>
        typeof(Structures).GetMethod(nameof(DecodeAs), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type).CreateDelegate<Decoder>());

    public static uint EncodingId(Type type) =>
        (uint)type.GetProperty("EncodingId", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

    public static int MemorySize(Type type) => (int)typeof(Structures)
        .GetMethod(nameof(MemorySizeOf), BindingFlags.NonPublic | BindingFlags.Static)!
        .MakeGenericMethod(type).Invoke(null, null)!;

    public static byte[] Encode(object structure)
    {
        var writer = new UaWriter();
        structure.GetType().GetMethod("Encode", [typeof(UaWriter)])!.Invoke(structure, [writer]);
        return writer.WrittenSpan.ToArray();
    }

    /// <summary>Decodes one structure, which must take all of the bytes.</summary>
    public static object Decode(Type type, ReadOnlySpan<byte> bytes, DecodingLimits? limits = null) =>
        Decoders[type](bytes, limits ?? DecodingLimits.Default);

    public static bool Implements(Type type, Type open) =>
        type.GetInterfaces().Any(item => item.IsGenericType && item.GetGenericTypeDefinition() == open);

    private static int MemorySizeOf<T>()
        where T : IUaStructure<T> => T.MemorySize;

    private static object DecodeAs<T>(ReadOnlySpan<byte> bytes, DecodingLimits limits)
        where T : class, IUaStructure<T>
    {
        var reader = new UaReader(bytes, limits);
        var value = T.Decode(ref reader);
        reader.ExpectEnd();
        return value;
    }
}
