using System.Collections.Frozen;
using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Structures;

/// <summary>
/// The structures and enumerations of one server in one session, made by a <see cref="TypeTableBuilder"/>. Never
/// changes, so that any thread may use it.
/// </summary>
public sealed class TypeTable
{
    /// <summary>Knows no structures.</summary>
    public static readonly TypeTable Empty = new TypeTableBuilder().Build();

    private readonly FrozenDictionary<NodeId, StructureLayout> _layouts;
    private readonly FrozenDictionary<NodeId, EnumerationTexts> _texts;

    internal TypeTable(
        IReadOnlyDictionary<NodeId, StructureLayout> layouts, IReadOnlyDictionary<NodeId, EnumerationTexts> texts)
    {
        _layouts = layouts.ToFrozenDictionary();
        _texts = texts.ToFrozenDictionary();
    }

    /// <summary>Whether ExtensionObjects with this type id can be decoded.</summary>
    public bool Knows(NodeId typeId) => _layouts.TryGetValue(typeId, out var layout) && layout.Problem is null;

    /// <summary>The text of an enumeration's value, or null.</summary>
    /// <param name="dataType">The data type, not its encoding.</param>
    /// <param name="value">The value on the wire.</param>
    public string? TextOf(NodeId dataType, long value) =>
        _texts.TryGetValue(dataType, out var texts) ? texts.TextOf(value) : null;

    /// <summary>Decodes the body of an ExtensionObject.</summary>
    /// <exception cref="OpcUaException">
    /// BadDataTypeIdUnknown: the table does not know the structure, or a type within it. BadDataEncodingUnsupported:
    /// the body is not binary. BadDecodingError, BadEncodingLimitsExceeded: the bytes are not this structure.
    /// </exception>
    public StructureValue Decode(ExtensionObject value, DecodingLimits limits)
    {
        var layout = Find(value.TypeId)
            ?? throw new OpcUaException(StatusCodes.BadDataTypeIdUnknown, $"no definition of {value.TypeId} is known");
        if (value.Encoding != ExtensionObjectBody.Binary)
        {
            throw new OpcUaException(
                StatusCodes.BadDataEncodingUnsupported, $"the body of a {layout.Name} is {value.Encoding}, not binary");
        }

        var reader = new UaReader(value.Body.Span, limits);
        var decoded = StructureReader.ReadStructure(ref reader, layout);
        reader.ExpectEnd();
        return decoded;
    }

    /// <summary>
    /// A value for people, at most some thousand characters: {State: 3 (Running), Axis: [{Position: 1.5}]}. What is not
    /// known is shown by its type and size.
    /// </summary>
    /// <param name="value">Any value.</param>
    /// <param name="dataType">Its data type, so that an enumeration shows its text; null where it is not known.</param>
    /// <param name="limits">Bounds for what is decoded.</param>
    public string Format(Variant value, NodeId dataType, DecodingLimits limits) =>
        ValueText.Of(value, dataType, this, limits);

    internal StructureLayout? Find(NodeId typeId) => _layouts.GetValueOrDefault(typeId);
}
