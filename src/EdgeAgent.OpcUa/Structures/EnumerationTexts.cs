using System.Collections.Frozen;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Structures;

/// <summary>
/// The texts of an enumeration's values, from whichever of its three forms a server has: EnumDefinition (Part 3, 8.50),
/// EnumValues (8.39) or EnumStrings (an array of LocalizedText, the index is the value).
/// </summary>
public sealed class EnumerationTexts
{
    public static readonly EnumerationTexts None = new([]);

    private readonly FrozenDictionary<long, string> _texts;

    private EnumerationTexts(IEnumerable<(long Value, string? Text)> texts)
    {
        var all = new Dictionary<long, string>();
        foreach (var (value, text) in texts)
        {
            // A value named twice keeps its first name, as Part 3 shows it.
            if (!string.IsNullOrEmpty(text))
            {
                all.TryAdd(value, text);
            }
        }

        _texts = all.ToFrozenDictionary();
    }

    /// <summary>How many values have a text.</summary>
    public int Count => _texts.Count;

    /// <summary>The symbolic name where there is one, for it is the same in every language.</summary>
    public static EnumerationTexts From(EnumDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return new(definition.Fields.Select(field =>
            (field.Value, string.IsNullOrEmpty(field.Name) ? field.DisplayName.Text : field.Name)));
    }

    /// <summary>The value of a property EnumStrings or EnumValues; <see cref="None"/> where it is neither.</summary>
    /// <exception cref="OpcUaException">It holds EnumValueTypes that are malformed.</exception>
    public static EnumerationTexts From(Variant property, DecodingLimits limits) => property.Array?.Elements switch
    {
        LocalizedText[] texts => new(texts.Select((text, index) => ((long)index, text.Text))),
        ExtensionObject[] values => new(values
            .Select(value => value.As<EnumValueType>(limits))
            .OfType<EnumValueType>()
            .Select(value => (value.Value, value.DisplayName.Text))),
        _ => None,
    };

    /// <summary>The text of a value, or null.</summary>
    public string? TextOf(long value) => _texts.GetValueOrDefault(value);
}
