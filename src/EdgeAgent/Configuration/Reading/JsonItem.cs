namespace EdgeAgent.Configuration.Reading;

/// <summary>A JSON value with its place.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Place">Its first byte.</param>
/// <param name="Text">Of a text, number or boolean: the text, or the literal as written.</param>
/// <param name="Members">Of an object, in file order, the first of each name.</param>
/// <param name="Items">Of an array.</param>
internal sealed record JsonItem(
    FieldKind Kind, Place Place, string Text, IReadOnlyList<JsonMember> Members, IReadOnlyList<JsonItem> Items);
