using System.Globalization;
using System.Runtime.CompilerServices;

namespace EdgeAgent.OpcUa.Binary;

/// <summary>
/// A value of any built-in type, an array or a matrix of them (Part 6, 5.2.2.16). Sixteen bytes, so that a Variant in
/// memory is never more than sixteen times its shortest encoding.
/// </summary>
public readonly struct Variant : IEquatable<Variant>
{
    // Either the marker of a type whose scalars fit into the bits, or the value itself with its type in the bits.
    private readonly object? _object;
    private readonly long _bits;

    private Variant(object? value, long bits) => (_object, _bits) = (value, bits);

    public static Variant Null => default;

    public bool IsNull => _object is null;

    public BuiltInType Type => _object switch
    {
        null => BuiltInType.Null,
        InlineType marker => marker.Type,
        _ => (BuiltInType)_bits,
    };

    public bool IsArray => _object is UaArray;

    /// <summary>
    /// The bits of a scalar up to eight bytes (<see cref="IsInline"/>); floats as binary64, times as ticks.
    /// </summary>
    public long Bits => _object is InlineType ? _bits : 0;

    /// <summary>A String, ByteString, NodeId and so on; an <see cref="UaArray"/>; or null for inline scalars.</summary>
    public object? Object => _object is InlineType ? null : _object;

    /// <summary>Elements and dimensions, or null for a scalar.</summary>
    public UaArray? Array => _object as UaArray;

    public static Variant From(bool value) => Inline(BuiltInType.Boolean, value ? 1 : 0);

    public static Variant From(sbyte value) => Inline(BuiltInType.SByte, value);

    public static Variant From(byte value) => Inline(BuiltInType.Byte, value);

    public static Variant From(short value) => Inline(BuiltInType.Int16, value);

    public static Variant From(ushort value) => Inline(BuiltInType.UInt16, value);

    public static Variant From(int value) => Inline(BuiltInType.Int32, value);

    public static Variant From(uint value) => Inline(BuiltInType.UInt32, value);

    public static Variant From(long value) => Inline(BuiltInType.Int64, value);

    public static Variant From(ulong value) => Inline(BuiltInType.UInt64, unchecked((long)value));

    public static Variant From(float value) => Inline(BuiltInType.Float, Unsafe.BitCast<double, long>(value));

    public static Variant From(double value) => Inline(BuiltInType.Double, Unsafe.BitCast<double, long>(value));

    public static Variant From(UaDateTime value) => Inline(BuiltInType.DateTime, value.Ticks);

    public static Variant From(StatusCode value) => Inline(BuiltInType.StatusCode, value.Value);

    public static Variant From(string? value) => Of(BuiltInType.String, value);

    public static Variant FromXml(string? value) => Of(BuiltInType.XmlElement, value);

    public static Variant From(Guid value) => Of(BuiltInType.Guid, value);

    public static Variant From(byte[]? value) => Of(BuiltInType.ByteString, value);

    public static Variant From(NodeId value) => Of(BuiltInType.NodeId, value);

    public static Variant From(ExpandedNodeId value) => Of(BuiltInType.ExpandedNodeId, value);

    public static Variant From(QualifiedName value) => Of(BuiltInType.QualifiedName, value);

    public static Variant From(LocalizedText value) => Of(BuiltInType.LocalizedText, value);

    public static Variant From(ExtensionObject value) => Of(BuiltInType.ExtensionObject, value);

    public static Variant From(DataValue value) => Of(BuiltInType.DataValue, value);

    public static Variant From(DiagnosticInfo value) => Of(BuiltInType.DiagnosticInfo, value);

    public static Variant From(UaArray value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(value, (long)value.ElementType);
    }

    /// <summary>Whether scalars of the type are kept in <see cref="Bits"/>.</summary>
    public static bool IsInline(BuiltInType type) =>
        type is (>= BuiltInType.Boolean and <= BuiltInType.Double) or BuiltInType.DateTime or BuiltInType.StatusCode;

    /// <summary>A scalar from its <see cref="Bits"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not an inline type.</exception>
    public static Variant Inline(BuiltInType type, long bits)
    {
        if (!IsInline(type))
        {
            throw new ArgumentOutOfRangeException(nameof(type), type,
                "Scalars of this type do not fit into eight bytes.");
        }

        return new(InlineType.Of(type), bits);
    }

    /// <summary>Any numeric scalar or Boolean as a number, or null.</summary>
    public double? AsDouble() => Type switch
    {
        BuiltInType.Float or BuiltInType.Double => Unsafe.BitCast<long, double>(Bits),
        BuiltInType.UInt64 => unchecked((ulong)Bits),
        >= BuiltInType.Boolean and <= BuiltInType.Int64 when !IsArray => Bits,
        _ => null,
    };

    /// <summary>An integer scalar or Boolean, or null; also null where a UInt64 is beyond Int64.</summary>
    public long? AsInt64() => Type switch
    {
        BuiltInType.UInt64 when Bits < 0 => null,
        >= BuiltInType.Boolean and <= BuiltInType.UInt64 when !IsArray => Bits,
        _ => null,
    };

    public bool? AsBoolean() => Type == BuiltInType.Boolean && !IsArray ? Bits != 0 : null;

    /// <summary>The text of a String, LocalizedText or XmlElement scalar, or null.</summary>
    public string? AsString() => _object switch
    {
        string text => text,
        LocalizedText text => text.Text,
        _ => null,
    };

    /// <summary>The value as .NET knows it: double, string, <see cref="UaDateTime"/>, <see cref="UaArray"/> …</summary>
    public object? ToObject() => _object is not InlineType
        ? _object
        : Type switch
        {
            BuiltInType.Boolean => Bits != 0,
            BuiltInType.SByte => (sbyte)Bits,
            BuiltInType.Byte => (byte)Bits,
            BuiltInType.Int16 => (short)Bits,
            BuiltInType.UInt16 => (ushort)Bits,
            BuiltInType.Int32 => (int)Bits,
            BuiltInType.UInt32 => (uint)Bits,
            BuiltInType.Int64 => Bits,
            BuiltInType.UInt64 => unchecked((ulong)Bits),
            BuiltInType.Float => (float)Unsafe.BitCast<long, double>(Bits),
            BuiltInType.Double => Unsafe.BitCast<long, double>(Bits),
            BuiltInType.DateTime => new UaDateTime(Bits),
            _ => new StatusCode((uint)Bits),
        };

    /// <summary>For people: numbers invariant, bytes in hexadecimal, arrays in brackets.</summary>
    public override string ToString() => ToObject() switch
    {
        null => "null",
        byte[] bytes => Convert.ToHexString(bytes),
        bool value => value ? "true" : "false",
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        var value => value.ToString() ?? "",
    };

    public bool Equals(Variant other) => _bits == other._bits && (_object, other._object) switch
    {
        (byte[] left, byte[] right) => left.AsSpan().SequenceEqual(right),
        var (left, right) => Equals(left, right),
    };

    public override bool Equals(object? obj) => obj is Variant other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Type, _bits);

    public static bool operator ==(Variant left, Variant right) => left.Equals(right);

    public static bool operator !=(Variant left, Variant right) => !left.Equals(right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Variant Of(BuiltInType type, object? value) =>
        value is null ? default : new(value, (long)type);

    /// <summary>Stands in <see cref="_object"/> for the type of a scalar that is in the bits.</summary>
    private sealed class InlineType(BuiltInType type)
    {
        private static readonly InlineType[] All =
            [.. Enumerable.Range(0, (int)BuiltInType.DiagnosticInfo + 1).Select(id => new InlineType((BuiltInType)id))];

        public BuiltInType Type { get; } = type;

        public static InlineType Of(BuiltInType type) => All[(int)type];
    }
}
