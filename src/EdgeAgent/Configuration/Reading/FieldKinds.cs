namespace EdgeAgent.Configuration.Reading;

internal static class FieldKinds
{
    /// <summary>How a message calls it.</summary>
    public static Bilingual Described(this FieldKind kind) => kind switch
    {
        FieldKind.Missing => ("空", "nothing"),
        FieldKind.Cell => ("单元格", "a cell"),
        FieldKind.JsonText => ("带引号的文本", "text in quotes"),
        FieldKind.JsonNumber => ("数", "a number"),
        FieldKind.JsonBoolean => ("true 或 false", "true or false"),
        FieldKind.JsonNull => ("null", "null"),
        FieldKind.JsonObject => ("{ } 对象", "an object in { }"),
        FieldKind.JsonArray => ("[ ] 列表", "a list in [ ]"),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
