using System.Runtime.CompilerServices;
using EdgeAgent.Configuration;
using EdgeAgent.Configuration.Nodes;
using EdgeAgent.Core.Model;
using EdgeAgent.Modbus.Values;
using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.Sources.OpcUa;

// What a node may hold so that nothing is lost on the way into the tag's type:
//
//    bool     Boolean                        float32  Float, integers up to 16 bits
//    int8     SByte                          float64  Float, Double, integers up to 32 bits
//    int16    SByte Byte Int16               string   String LocalizedText QualifiedName Guid XmlElement
//    int32    … UInt16 Int32                 datetime DateTime
//    int64    … UInt32 Int64
//    uint8 … uint64   unsigned up to that width
//
/// <summary>Node values to tag values. Immutable; numbers allocate nothing.</summary>
internal readonly struct NodeFormat
{
    private const uint UpTo8 = 1u << (int)BuiltInType.SByte;
    private const uint UpTo16 = UpTo8 | Unsigned8 | (1u << (int)BuiltInType.Int16);
    private const uint UpTo32 = UpTo16 | Unsigned16 | (1u << (int)BuiltInType.Int32);
    private const uint UpTo64 = UpTo32 | Unsigned32 | (1u << (int)BuiltInType.Int64);
    private const uint Unsigned8 = 1u << (int)BuiltInType.Byte;
    private const uint Unsigned16 = Unsigned8 | (1u << (int)BuiltInType.UInt16);
    private const uint Unsigned32 = Unsigned16 | (1u << (int)BuiltInType.UInt32);
    private const uint Unsigned64 = Unsigned32 | (1u << (int)BuiltInType.UInt64);
    private const uint Floats = 1u << (int)BuiltInType.Float;
    private const uint Doubles = Floats | (1u << (int)BuiltInType.Double);
    private const uint Texts = (1u << (int)BuiltInType.String) | (1u << (int)BuiltInType.LocalizedText)
        | (1u << (int)BuiltInType.QualifiedName) | (1u << (int)BuiltInType.Guid) | (1u << (int)BuiltInType.XmlElement);

    private readonly uint _accepted;
    private readonly LinearScale _scale;
    private readonly bool _isFloat;

    /// <exception cref="ArgumentException">Scale and offset cannot be applied exactly.</exception>
    public NodeFormat(NodeType type, decimal scale = 1, decimal offset = 0)
    {
        Type = type;
        _accepted = type switch
        {
            NodeType.Bool => 1u << (int)BuiltInType.Boolean,
            NodeType.Int8 => UpTo8,
            NodeType.Int16 => UpTo16,
            NodeType.Int32 => UpTo32,
            NodeType.Int64 => UpTo64,
            NodeType.UInt8 => Unsigned8,
            NodeType.UInt16 => Unsigned16,
            NodeType.UInt32 => Unsigned32,
            NodeType.UInt64 => Unsigned64,
            NodeType.Float32 => Floats | UpTo16 | Unsigned16,
            NodeType.Float64 => Doubles | UpTo32 | Unsigned32,
            NodeType.String => Texts,
            NodeType.DateTime => 1u << (int)BuiltInType.DateTime,
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a type of a tag."),
        };
        var nature = type.NatureOf();
        _isFloat = nature == ValueNature.Float;
        _scale = new(scale, offset, nature == ValueNature.Integer ? Largest(type) : null);
        Kind = nature switch
        {
            ValueNature.Boolean => ValueKind.Boolean,
            ValueNature.Text => ValueKind.Text,
            ValueNature.Integer when !_scale.IsScaled => ValueKind.Int64,
            _ => ValueKind.Float64,
        };
    }

    public NodeType Type { get; }

    /// <summary>The kind the tag must have in the tag table.</summary>
    public ValueKind Kind { get; }

    public bool Accepts(BuiltInType type) => ((_accepted >> (int)type) & 1) != 0;

    /// <param name="type">Of the node's value.</param>
    /// <param name="bits">As <see cref="Variant.Bits"/>.</param>
    public NodeValue Convert(BuiltInType type, long bits)
    {
        if (!Accepts(type))
        {
            return new(0, NodeFault.TypeMismatch);
        }

        if (_isFloat)
        {
            return Scale(type >= BuiltInType.Float ? Unsafe.BitCast<long, double>(bits) : bits);
        }

        if (_scale.IsScaled)
        {
            var scaled = type == BuiltInType.UInt64 ? _scale.Apply((ulong)bits) : _scale.Apply(bits);
            return new(Sample.BitsOf(scaled), NodeFault.None);
        }

        return new(bits, type == BuiltInType.UInt64 && bits < 0 ? NodeFault.OutOfRange : NodeFault.None);
    }

    // NaN and the infinities are what the server said, with the status it said it with; no scale makes more of them.
    private NodeValue Scale(double raw)
    {
        var value = _scale.Apply(raw);
        return double.IsFinite(value) || !double.IsFinite(raw)
            ? new(Sample.BitsOf(value), NodeFault.None)
            : new(Sample.BitsOf(raw), NodeFault.OutOfRange);
    }

    private static ulong Largest(NodeType type) =>
        type is NodeType.Int64 or NodeType.UInt64 ? ulong.MaxValue : uint.MaxValue;
}
