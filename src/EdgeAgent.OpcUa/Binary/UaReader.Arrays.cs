using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeAgent.OpcUa.Binary;

/// <summary>Arrays and matrices of the built-in types (Part 6, 5.2.5 and 5.2.2.16).</summary>
public ref partial struct UaReader
{
    private delegate T ReadElement<T>(ref UaReader reader);

    public IReadOnlyList<string?> ReadStrings() => ReadList<string?>(4, static (ref reader) => reader.ReadString());

    public IReadOnlyList<byte[]?> ReadByteStrings() =>
        ReadList<byte[]?>(4, static (ref reader) => reader.ReadByteString());

    public IReadOnlyList<uint> ReadUInt32s() => ReadNumbers<uint>();

    public IReadOnlyList<int> ReadInt32s() => ReadNumbers<int>();

    public IReadOnlyList<StatusCode> ReadStatusCodes() => ReadNumbers<StatusCode>();

    public IReadOnlyList<NodeId> ReadNodeIds() => ReadList(2, static (ref reader) => reader.ReadNodeId());

    public IReadOnlyList<Variant> ReadVariants() => ReadList(1, static (ref reader) => reader.ReadVariant());

    public IReadOnlyList<DataValue> ReadDataValues() => ReadList(1, static (ref reader) => reader.ReadDataValue());

    public IReadOnlyList<ExtensionObject> ReadExtensionObjects() =>
        ReadList(3, static (ref reader) => reader.ReadExtensionObject());

    public IReadOnlyList<DiagnosticInfo?> ReadDiagnosticInfos() =>
        ReadList(1, static (ref reader) => reader.ReadDiagnosticInfo());

    /// <summary>Reads the elements of an array after its length.</summary>
    internal Array ReadElements(BuiltInType type, int count) => type switch
    {
        BuiltInType.Boolean => ReadElements(count, static (ref reader) => reader.ReadBoolean()),
        BuiltInType.SByte => ReadNumbers<sbyte>(count),
        BuiltInType.Byte => ReadNumbers<byte>(count),
        BuiltInType.Int16 => ReadNumbers<short>(count),
        BuiltInType.UInt16 => ReadNumbers<ushort>(count),
        BuiltInType.Int32 => ReadNumbers<int>(count),
        BuiltInType.UInt32 => ReadNumbers<uint>(count),
        BuiltInType.Int64 => ReadNumbers<long>(count),
        BuiltInType.UInt64 => ReadNumbers<ulong>(count),
        BuiltInType.Float => ReadNumbers<float>(count),
        BuiltInType.Double => ReadNumbers<double>(count),
        BuiltInType.DateTime => ReadNumbers<UaDateTime>(count),
        BuiltInType.StatusCode => ReadNumbers<StatusCode>(count),
        BuiltInType.Guid => ReadNumbers<Guid>(count),
        BuiltInType.String or BuiltInType.XmlElement => ReadElements(count, static (ref reader) => reader.ReadString()),
        BuiltInType.ByteString => ReadElements(count, static (ref reader) => reader.ReadByteString()),
        BuiltInType.NodeId => ReadElements(count, static (ref reader) => reader.ReadNodeId()),
        BuiltInType.ExpandedNodeId => ReadElements(count, static (ref reader) => reader.ReadExpandedNodeId()),
        BuiltInType.QualifiedName => ReadElements(count, static (ref reader) => reader.ReadQualifiedName()),
        BuiltInType.LocalizedText => ReadElements(count, static (ref reader) => reader.ReadLocalizedText()),
        BuiltInType.ExtensionObject => ReadElements(count, static (ref reader) => reader.ReadExtensionObject()),
        BuiltInType.DataValue => ReadElements(count, static (ref reader) => reader.ReadDataValue()),
        BuiltInType.Variant => ReadElements(count, static (ref reader) => reader.ReadVariant()),
        _ => ReadElements(count, static (ref reader) => reader.ReadDiagnosticInfo()),
    };

    /// <summary>
    /// Part 6, 5.2.2.16: no dimension is negative, and their product is the number of elements. No dimensions at all,
    /// and one, are those of an array.
    /// </summary>
    internal readonly void CheckDimensions(ReadOnlySpan<int> dimensions, int count)
    {
        if (!dimensions.IsEmpty && !UaArray.Fits(dimensions, count))
        {
            throw Malformed($"the {dimensions.Length} dimensions of a matrix do not hold its {count} elements");
        }
    }

    private Variant ReadArray(BuiltInType type, bool hasDimensions)
    {
        var elements = ReadElements(type, ReadLength(MinimumSizeOf(type)));
        int[]? dimensions = null;
        if (hasDimensions)
        {
            dimensions = ReadNumbers<int>();
            CheckDimensions(dimensions, elements.Length);
        }

        Charge(ObjectSize);
        return Variant.From(new UaArray(type, elements, dimensions is { Length: > 1 } ? dimensions : null));
    }

    private T[] ReadList<T>(int minimumSize, ReadElement<T> read) => ReadElements(ReadLength(minimumSize), read);

    private T[] ReadElements<T>(int count, ReadElement<T> read)
    {
        var elements = NewArray<T>(count);
        for (var i = 0; i < elements.Length; i++)
        {
            elements[i] = read(ref this);
        }

        return elements;
    }

    private T[] ReadNumbers<T>()
        where T : unmanaged => ReadNumbers<T>(ReadLength(Unsafe.SizeOf<T>()));

    // The wire is little endian, and so is every machine this runs on. The check of the length was before.
    private T[] ReadNumbers<T>(int count)
        where T : unmanaged
    {
        var elements = NewArray<T>(count);
        Take(count * Unsafe.SizeOf<T>()).CopyTo(MemoryMarshal.AsBytes(elements.AsSpan()));
        return elements;
    }

    private T[] NewArray<T>(int count)
    {
        if (count == 0)
        {
            return [];
        }

        Charge(ArrayHeader + ((long)count * Unsafe.SizeOf<T>()));
        return new T[count];
    }
}
