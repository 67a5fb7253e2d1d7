using System.Globalization;

namespace EdgeAgent.OpcUa.Binary;

/// <summary>
/// The elements of an array or matrix in row-major order (Part 6, 5.2.2.16, table 30), and its dimensions. The elements
/// are in an array of .NET's type: bool[], sbyte[], …, double[], string?[], UaDateTime[], Variant[] and so on.
/// </summary>
public sealed class UaArray : IEquatable<UaArray>
{
    /// <param name="elementType">The built-in type of each element.</param>
    /// <param name="elements">One-dimensional; not copied.</param>
    /// <param name="dimensions">Two or more, whose product is the number of elements; null for a plain array.</param>
    public UaArray(BuiltInType elementType, Array elements, IReadOnlyList<int>? dimensions = null)
    {
        ArgumentNullException.ThrowIfNull(elements);
        if (dimensions is not null && !Fits([.. dimensions], elements.Length))
        {
            throw new ArgumentException("The product of the dimensions is not the number of elements.",
                nameof(dimensions));
        }

        (ElementType, Elements, Dimensions) = (elementType, elements, dimensions);
    }

    public BuiltInType ElementType { get; }

    public Array Elements { get; }

    public IReadOnlyList<int>? Dimensions { get; }

    public int Count => Elements.Length;

    /// <summary>One element as a Variant of its own.</summary>
    public Variant this[int index] => Elements switch
    {
        bool[] all => Variant.From(all[index]),
        sbyte[] all when ElementType == BuiltInType.SByte => Variant.From(all[index]),
        byte[] all => Variant.From(all[index]),
        short[] all when ElementType == BuiltInType.Int16 => Variant.From(all[index]),
        ushort[] all => Variant.From(all[index]),
        int[] all when ElementType == BuiltInType.Int32 => Variant.From(all[index]),
        uint[] all => Variant.From(all[index]),
        long[] all when ElementType == BuiltInType.Int64 => Variant.From(all[index]),
        ulong[] all => Variant.From(all[index]),
        float[] all => Variant.From(all[index]),
        double[] all => Variant.From(all[index]),
        string?[] all => ElementType == BuiltInType.XmlElement
            ? Variant.FromXml(all[index]) : Variant.From(all[index]),
        UaDateTime[] all => Variant.From(all[index]),
        Guid[] all => Variant.From(all[index]),
        byte[]?[] all => Variant.From(all[index]),
        NodeId[] all => Variant.From(all[index]),
        ExpandedNodeId[] all => Variant.From(all[index]),
        StatusCode[] all => Variant.From(all[index]),
        QualifiedName[] all => Variant.From(all[index]),
        LocalizedText[] all => Variant.From(all[index]),
        ExtensionObject[] all => Variant.From(all[index]),
        DataValue[] all => Variant.From(all[index]),
        DiagnosticInfo?[] all => all[index] is { } info ? Variant.From(info) : default,
        Variant[] all => all[index],
        _ => throw new InvalidOperationException($"{Elements.GetType()} holds no built-in type."),
    };

    /// <summary>
    /// Whether no dimension is negative and their product, without overflow, is the number of elements.
    /// </summary>
    public static bool Fits(ReadOnlySpan<int> dimensions, int count)
    {
        long product = 1;
        foreach (var dimension in dimensions)
        {
            if (dimension < 0 || (product *= dimension) > int.MaxValue)
            {
                return false;
            }
        }

        return product == count;
    }

    public bool Equals(UaArray? other)
    {
        if (other is null || ElementType != other.ElementType || Count != other.Count
            || !(Dimensions ?? []).SequenceEqual(other.Dimensions ?? []))
        {
            return false;
        }

        for (var i = 0; i < Count; i++)
        {
            if (this[i] != other[i])
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => obj is UaArray other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(ElementType, Count);

    /// <summary>The first elements in brackets, and how many there are.</summary>
    public override string ToString()
    {
        const int Shown = 8;
        var size = Dimensions is null ? $"{Count}" : string.Join('×', Dimensions);
        var shown = string.Join(", ", Enumerable.Range(0, Math.Min(Count, Shown)).Select(i => this[i].ToString()));
        var more = Count > Shown ? ", …" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{ElementType}[{size}] [{shown}{more}]");
    }
}
