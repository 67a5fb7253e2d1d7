using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeAgent.OpcUa.Binary;

/// <summary>Arrays and matrices of the built-in types (Part 6, 5.2.5 and 5.2.2.16).</summary>
public ref partial struct UaReader
{
    private delegate T ReadElement<T>(ref UaReader reader);

    public IReadOnlyList<string?> ReadStrings() => ReadElements(4, static (ref reader) => reader.ReadString());

    public IReadOnlyList<byte[]?> ReadByteStrings() => ReadElements(4, static (ref reader) => reader.ReadByteString());

    public IReadOnlyList<uint> ReadUInt32s() => ReadElements(4, static (ref reader) => reader.ReadUInt32());

    public IReadOnlyList<int> ReadInt32s() => ReadElements(4, static (ref reader) => reader.ReadInt32());

    public IReadOnlyList<StatusCode> ReadStatusCodes() =>
        ReadElements(4, static (ref reader) => reader.ReadStatusCode());

    public IReadOnlyList<NodeId> ReadNodeIds() => ReadElements(2, static (ref reader) => reader.ReadNodeId());

    public IReadOnlyList<Variant> ReadVariants() => ReadElements(1, static (ref reader) => reader.ReadVariant());

    public IReadOnlyList<DataValue> ReadDataValues() => ReadElements(1, static (ref reader) => reader.ReadDataValue());

    public IReadOnlyList<ExtensionObject> ReadExtensionObjects() =>
        ReadElements(3, static (ref reader) => reader.ReadExtensionObject());

    public IReadOnlyList<DiagnosticInfo?> ReadDiagnosticInfos() =>
        ReadElements(1, static (ref reader) => reader.ReadDiagnosticInfo());

    private Variant ReadArray(BuiltInType type, bool hasDimensions)
    {
        Array elements = type switch
        {
            BuiltInType.Boolean => ReadElements(1, static (ref reader) => reader.ReadBoolean()),
            BuiltInType.SByte => ReadNumbers<sbyte>(),
            BuiltInType.Byte => ReadNumbers<byte>(),
            BuiltInType.Int16 => ReadNumbers<short>(),
            BuiltInType.UInt16 => ReadNumbers<ushort>(),
            BuiltInType.Int32 => ReadNumbers<int>(),
            BuiltInType.UInt32 => ReadNumbers<uint>(),
            BuiltInType.Int64 => ReadNumbers<long>(),
            BuiltInType.UInt64 => ReadNumbers<ulong>(),
            BuiltInType.Float => ReadNumbers<float>(),
            BuiltInType.Double => ReadNumbers<double>(),
            BuiltInType.DateTime => ReadNumbers<UaDateTime>(),
            BuiltInType.StatusCode => ReadNumbers<StatusCode>(),
            BuiltInType.String or BuiltInType.XmlElement =>
                ReadElements(4, static (ref reader) => reader.ReadString()),
            BuiltInType.Guid => ReadElements(16, static (ref reader) => reader.ReadGuid()),
            BuiltInType.ByteString => ReadElements(4, static (ref reader) => reader.ReadByteString()),
            BuiltInType.NodeId => ReadElements(2, static (ref reader) => reader.ReadNodeId()),
            BuiltInType.ExpandedNodeId => ReadElements(2, static (ref reader) => reader.ReadExpandedNodeId()),
            BuiltInType.QualifiedName => ReadElements(6, static (ref reader) => reader.ReadQualifiedName()),
            BuiltInType.LocalizedText => ReadElements(1, static (ref reader) => reader.ReadLocalizedText()),
            BuiltInType.ExtensionObject => ReadElements(3, static (ref reader) => reader.ReadExtensionObject()),
            BuiltInType.DataValue => ReadElements(1, static (ref reader) => reader.ReadDataValue()),
            BuiltInType.Variant => ReadElements(1, static (ref reader) => reader.ReadVariant()),
            _ => ReadElements(1, static (ref reader) => reader.ReadDiagnosticInfo() ?? new DiagnosticInfo()),
        };
        Charge(64); // The UaArray and the array's own header.
        if (!hasDimensions)
        {
            return Variant.From(new UaArray(type, elements));
        }

        var dimensions = ReadNumbers<int>();
        return UaArray.Fits(dimensions, elements.Length)
            ? Variant.From(new UaArray(type, elements, dimensions))
            : throw Malformed($"the dimensions [{string.Join(", ", dimensions)}] do not hold {elements.Length} elements");
    }

    private T[] ReadElements<T>(int minimumSize, ReadElement<T> read)
    {
        var count = ReadCount(minimumSize, Unsafe.SizeOf<T>());
        if (count == 0)
        {
            return [];
        }

        var elements = new T[count];
        for (var i = 0; i < elements.Length; i++)
        {
            elements[i] = read(ref this);
        }

        return elements;
    }

    // The wire is little endian, and so is every machine this runs on.
    private T[] ReadNumbers<T>()
        where T : unmanaged
    {
        var count = ReadCount(Unsafe.SizeOf<T>(), Unsafe.SizeOf<T>());
        return count == 0 ? [] : MemoryMarshal.Cast<byte, T>(Take(count * Unsafe.SizeOf<T>())).ToArray();
    }
}
