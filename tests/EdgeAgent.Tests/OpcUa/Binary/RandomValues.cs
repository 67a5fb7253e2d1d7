using System.Collections;
using System.Reflection;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.Tests.OpcUa.Binary;

/// <summary>Values of every built-in type, and instances of every structure, from one seed.</summary>
internal sealed class RandomValues(int seed)
{
    private const int DepthMax = 3;

    private readonly Random _random = new(seed);

    public Random Random => _random;

    /// <summary>A scalar of a built-in type as .NET knows it.</summary>
    public object Scalar(BuiltInType type, int depth = 0) => type switch
    {
        BuiltInType.Boolean => _random.Next(2) == 1,
        BuiltInType.SByte => (sbyte)_random.Next(),
        BuiltInType.Byte => (byte)_random.Next(),
        BuiltInType.Int16 => (short)_random.Next(),
        BuiltInType.UInt16 => (ushort)_random.Next(),
        BuiltInType.Int32 => _random.Next() * (_random.Next(2) == 0 ? 1 : -1),
        BuiltInType.UInt32 => (uint)_random.NextInt64(1L << 32),
        BuiltInType.Int64 => _random.NextInt64(long.MinValue, long.MaxValue),
        BuiltInType.UInt64 => unchecked((ulong)_random.NextInt64(long.MinValue, long.MaxValue)),
        BuiltInType.Float => Pick(0f, -0f, 1.5f, float.NaN, float.NegativeInfinity, float.Epsilon, _random.NextSingle()),
        BuiltInType.Double => Pick(0d, -0d, double.NaN, double.PositiveInfinity, double.Epsilon, _random.NextDouble()),
        BuiltInType.String or BuiltInType.XmlElement => Text(),
        BuiltInType.DateTime => new UaDateTime(Pick(0, 1, long.MinValue, long.MaxValue, _random.NextInt64())),
        BuiltInType.Guid => new Guid(Bytes(16)),
        BuiltInType.ByteString => Bytes(_random.Next(20)),
        BuiltInType.NodeId => NodeId(),
        BuiltInType.ExpandedNodeId => new ExpandedNodeId(NodeId(), Maybe(Text), (uint)Pick(0, _random.Next())),
        BuiltInType.StatusCode => new StatusCode((uint)_random.NextInt64(1L << 32)),
        BuiltInType.QualifiedName => new QualifiedName((ushort)_random.Next(), Maybe(Text)),
        BuiltInType.LocalizedText => new LocalizedText(Maybe(Text), Maybe(Text)),
        BuiltInType.ExtensionObject => ExtensionObject(),
        BuiltInType.DataValue => DataValue(depth, false),
        BuiltInType.Variant => Variant(depth),
        _ => DiagnosticInfo(depth),
    };

    /// <summary>Any Variant: null, scalar, array or matrix.</summary>
    public Variant Variant(int depth = 0, bool mayHoldDataValue = true)
    {
        var type = (BuiltInType)_random.Next(26);
        if (type == BuiltInType.DataValue && !mayHoldDataValue)
        {
            type = BuiltInType.Double;
        }

        var isDeep = depth >= DepthMax && type is BuiltInType.Variant or BuiltInType.DataValue;
        return type == BuiltInType.Null || isDeep ? default
            : type == BuiltInType.Variant || _random.Next(3) == 0 ? EdgeAgent.OpcUa.Binary.Variant.From(
                Array(type, depth, mayHoldDataValue))
            : ToVariant(type, type == BuiltInType.DataValue ? DataValue(depth + 1, false) : Scalar(type, depth + 1));
    }

    /// <summary>An array or matrix of a built-in type, empty ones included.</summary>
    public UaArray Array(BuiltInType type, int depth = 0, bool mayHoldDataValue = true)
    {
        int[]? dimensions = _random.Next(3) == 0
            ? [.. Enumerable.Range(0, _random.Next(2, 4)).Select(_ => _random.Next(4))] : null;
        var count = dimensions?.Aggregate((a, b) => a * b) ?? _random.Next(6);
        var elements = System.Array.CreateInstance(ElementType(type), count);
        for (var i = 0; i < count; i++)
        {
            elements.SetValue(
                type == BuiltInType.Variant ? (depth >= DepthMax ? default : Variant(depth + 1, mayHoldDataValue))
                : type is BuiltInType.String or BuiltInType.ByteString && _random.Next(5) == 0 ? null
                : Scalar(type, depth + 1),
                i);
        }

        return new(type, elements, dimensions);
    }

    public DataValue DataValue(int depth = 0, bool mayHoldDataValue = false)
    {
        var (source, server) = (Pick(0, _random.NextInt64()), Pick(0, _random.NextInt64()));
        return new()
        {
            Value = Variant(depth + 1, mayHoldDataValue),
            Status = Pick<uint>(0, StatusCodes.BadNoCommunication, 0x40A40480),
            SourceTime = new(source),
            ServerTime = new(server),
            SourcePicoseconds = (ushort)(source == 0 ? 0 : Pick(0, _random.Next(10_000))),
            ServerPicoseconds = (ushort)(server == 0 ? 0 : Pick(0, _random.Next(10_000))),
        };
    }

    /// <summary>An instance of a structure of the leaf with every property filled.</summary>
    public object Structure(Type type, int depth = 0)
    {
        var instance = Activator.CreateInstance(type)!;
        foreach (var property in Properties(type))
        {
            property.SetValue(instance, Property(property.PropertyType, depth));
        }

        return instance;
    }

    /// <summary>The properties of a structure that are its fields.</summary>
    public static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite);

    public static Variant ToVariant(BuiltInType type, object value) => value switch
    {
        string text when type == BuiltInType.XmlElement => EdgeAgent.OpcUa.Binary.Variant.FromXml(text),
        bool x => EdgeAgent.OpcUa.Binary.Variant.From(x),
        sbyte x => EdgeAgent.OpcUa.Binary.Variant.From(x),
        byte x => EdgeAgent.OpcUa.Binary.Variant.From(x),
        short x => EdgeAgent.OpcUa.Binary.Variant.From(x),
        ushort x => EdgeAgent.OpcUa.Binary.Variant.From(x),
        int x => EdgeAgent.OpcUa.Binary.Variant.From(x),
        uint x => EdgeAgent.OpcUa.Binary.Variant.From(x),
        long x => EdgeAgent.OpcUa.Binary.Variant.From(x),
        ulong x => EdgeAgent.OpcUa.Binary.Variant.From(x),
        float x => EdgeAgent.OpcUa.Binary.Variant.From(x),
        double x => EdgeAgent.OpcUa.Binary.Variant.From(x),
        string x => EdgeAgent.OpcUa.Binary.Variant.From(x),
        UaDateTime x => EdgeAgent.OpcUa.Binary.Variant.From(x),
        Guid x => EdgeAgent.OpcUa.Binary.Variant.From(x),
        byte[] x => EdgeAgent.OpcUa.Binary.Variant.From(x),
        NodeId x => EdgeAgent.OpcUa.Binary.Variant.From(x),
        ExpandedNodeId x => EdgeAgent.OpcUa.Binary.Variant.From(x),
        StatusCode x => EdgeAgent.OpcUa.Binary.Variant.From(x),
        QualifiedName x => EdgeAgent.OpcUa.Binary.Variant.From(x),
        LocalizedText x => EdgeAgent.OpcUa.Binary.Variant.From(x),
        ExtensionObject x => EdgeAgent.OpcUa.Binary.Variant.From(x),
        DataValue x => EdgeAgent.OpcUa.Binary.Variant.From(x),
        DiagnosticInfo x => EdgeAgent.OpcUa.Binary.Variant.From(x),
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "No built-in type."),
    };

    public static Type ElementType(BuiltInType type) => type switch
    {
        BuiltInType.XmlElement => typeof(string),
        BuiltInType.Variant => typeof(Variant),
        _ => new RandomValues(0).Scalar(type).GetType(),
    };

    private object? Property(Type type, int depth)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            var element = type.GetGenericArguments()[0];
            var list = (IList)System.Array.CreateInstance(element, depth >= DepthMax ? 0 : _random.Next(4));
            for (var i = 0; i < list.Count; i++)
            {
                list[i] = Property(element, depth + 1);
            }

            return list;
        }

        if (type.IsEnum)
        {
            return Enum.ToObject(type, _random.Next());
        }

        if (type == typeof(byte[]))
        {
            return Maybe(() => Bytes(_random.Next(1, 20)));
        }

        var builtIn = Enum.GetValues<BuiltInType>()
            .Where(id => id is not (BuiltInType.Null or BuiltInType.XmlElement))
            .FirstOrDefault(id => ElementType(id) == type);
        return builtIn is BuiltInType.Null ? Structure(type, depth + 1)
            : builtIn is BuiltInType.String or BuiltInType.DiagnosticInfo && _random.Next(4) == 0 ? null
            : Scalar(builtIn, depth);
    }

    private NodeId NodeId() => _random.Next(6) switch
    {
        0 => new((uint)_random.Next(256)),
        1 => new((ushort)_random.Next(256), (uint)_random.Next(65_536)),
        2 => new((ushort)_random.Next(65_536), (uint)_random.NextInt64(1L << 32)),
        3 => new((ushort)_random.Next(65_536), Text()),
        4 => new((ushort)_random.Next(65_536), new Guid(Bytes(16))),
        _ => new((ushort)_random.Next(65_536), Bytes(_random.Next(9))),
    };

    private ExtensionObject ExtensionObject() => _random.Next(3) switch
    {
        0 => new(NodeId(), default, ExtensionObjectBody.None),
        1 => new(NodeId(), Bytes(_random.Next(30)), ExtensionObjectBody.Binary),
        _ => new(NodeId(), Bytes(_random.Next(30)), ExtensionObjectBody.Xml),
    };

    private DiagnosticInfo DiagnosticInfo(int depth) => new()
    {
        SymbolicId = _random.Next(-1, 9),
        NamespaceUri = _random.Next(-1, 9),
        Locale = _random.Next(-1, 9),
        LocalizedText = _random.Next(0, 9), // At least one field, for one without any is null on the wire.
        AdditionalInfo = Maybe(Text),
        InnerStatusCode = Pick<uint>(0, StatusCodes.BadTimeout),
        Inner = depth < DepthMax && _random.Next(2) == 0 ? DiagnosticInfo(depth + 1) : null,
    };

    private string Text() => Pick("", "a", "温度 °C", "𝄞 music", "<b>&amp;</b>", new('x', _random.Next(200)));

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    private T? Maybe<T>(Func<T> make)
        where T : class => _random.Next(3) == 0 ? null : make();

    private T Pick<T>(params ReadOnlySpan<T> choices) => choices[_random.Next(choices.Length)];
}
