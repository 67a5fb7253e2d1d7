namespace EdgeAgent.Configuration.Reading;

/// <summary>How a value was written.</summary>
internal enum FieldKind
{
    /// <summary>The key or cell is not there, or the cell is empty.</summary>
    Missing,

    /// <summary>A CSV cell: any type.</summary>
    Cell,

    JsonText,
    JsonNumber,
    JsonBoolean,
    JsonNull,
    JsonObject,
    JsonArray,
}
