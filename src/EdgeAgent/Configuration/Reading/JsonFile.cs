using System.Text;
using System.Text.Json;

namespace EdgeAgent.Configuration.Reading;

/// <summary>
/// Reads JSON (RFC 8259; // and /* */ comments and a trailing comma are allowed) into a tree that remembers where
/// everything stands. The first breach of the grammar ends the reading of this file: what follows it could mean
/// anything.
/// </summary>
internal static class JsonFile
{
    // The deepest value the schema knows lies at depth 4.
    private const int MaxDepth = 16;

    /// <summary>The root object, or null if there is none; the reason is then among the findings.</summary>
    public static JsonSection? Read(SourceFile file, Findings findings)
    {
        if (file.State != SourceFileState.Present)
        {
            return null;
        }

        if (file.Content.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            findings.Error(file.Whole, ("文件是空的", "the file is empty"), ("至少写 { }", "at least { }"));
            return null;
        }

        var reader = new Utf8JsonReader(file.Content.Span, new JsonReaderOptions
        {
            CommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            MaxDepth = MaxDepth,
        });

        try
        {
            reader.Read(); // Throws if there is nothing but comments.
            var root = ReadItem(ref reader, file, findings);
            reader.Read(); // Throws if anything but comments follows.
            if (root.Kind == FieldKind.JsonObject)
            {
                return new JsonSection(root, "", findings);
            }

            findings.Error(
                root.Place,
                ($"最外层应是 {{ }} 对象，写的是：{root.Kind.Described().Chinese}",
                    $"the file must be one object in {{ }}, but is {root.Kind.Described().English}"),
                "{ … }");
        }
        catch (JsonException exception)
        {
            var place = PlaceOf(exception, file, reader.BytesConsumed);
            findings.Error(place, Explain(exception, file), Remedy(exception, file));
        }
        catch (InvalidOperationException)
        {
            // Utf8JsonReader's word for an escape that is half of a surrogate pair, which no text can hold.
            findings.Error(
                new Place(file, (int)reader.TokenStartIndex),
                ("文本里有不完整的 \\u 转义", "the text contains half of a \\u surrogate pair"),
                ("直接写出那个字符", "write the character itself"));
        }

        return null;
    }

    private static JsonItem ReadItem(ref Utf8JsonReader reader, SourceFile file, Findings findings)
    {
        var place = new Place(file, (int)reader.TokenStartIndex);
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadObject(ref reader, place, findings),
            JsonTokenType.StartArray => ReadArray(ref reader, place, findings),
            JsonTokenType.String => Scalar(FieldKind.JsonText, place, reader.GetString()!),
            JsonTokenType.Number => Scalar(FieldKind.JsonNumber, place, Encoding.UTF8.GetString(reader.ValueSpan)),
            JsonTokenType.True => Scalar(FieldKind.JsonBoolean, place, "true"),
            JsonTokenType.False => Scalar(FieldKind.JsonBoolean, place, "false"),
            _ => Scalar(FieldKind.JsonNull, place, "null"),
        };
    }

    private static JsonItem Scalar(FieldKind kind, Place place, string text) => new(kind, place, text, [], []);

    private static JsonItem ReadObject(ref Utf8JsonReader reader, Place place, Findings findings)
    {
        List<JsonMember> members = [];
        var places = new Dictionary<string, Place>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var namePlace = place with { Offset = (int)reader.TokenStartIndex };
            var name = reader.GetString()!;
            reader.Read();
            var value = ReadItem(ref reader, place.File, findings);
            if (places.TryAdd(name, namePlace))
            {
                members.Add(new JsonMember(name, namePlace, value));
                continue;
            }

            findings.Error(
                namePlace,
                ($"{Quoted.Of(name)} 写了两次，第一次在第 {places[name].Line} 行",
                    $"{Quoted.Of(name)} appears twice, first on line {places[name].Line}"),
                ("只留一个", "keep one of them"));
        }

        return new JsonItem(FieldKind.JsonObject, place, "", members, []);
    }

    private static JsonItem ReadArray(ref Utf8JsonReader reader, Place place, Findings findings)
    {
        List<JsonItem> items = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadItem(ref reader, place.File, findings));
        }

        return new JsonItem(FieldKind.JsonArray, place, "", [], items);
    }

    private static Place PlaceOf(JsonException exception, SourceFile file, long consumed)
    {
        // The exception counts lines by LF alone and bytes from the line's beginning: turn that back into an offset.
        var bytes = file.Content.Span;
        var offset = 0;
        for (var line = exception.LineNumber ?? 0; line > 0; line--)
        {
            var next = bytes[offset..].IndexOf((byte)'\n');
            if (next < 0)
            {
                return new Place(file, (int)consumed);
            }

            offset += next + 1;
        }

        offset += (int)(exception.BytePositionInLine ?? 0);
        return new Place(file, Math.Clamp(offset, 0, Math.Max(0, bytes.Length - 1)));
    }

    private static bool IsCutOff(JsonException exception, SourceFile file)
    {
        var place = PlaceOf(exception, file, 0).Offset;
        return file.Content.Span[place..].IndexOfAnyExcept(" \t\r\n"u8) < 0 || place >= file.Content.Length - 1;
    }

    private static Bilingual Explain(JsonException exception, SourceFile file) => IsCutOff(exception, file)
        ? ("JSON 没写完，文件到这里就断了", "the JSON ends in the middle of something")
        : ("JSON 语法不对，从这里读不下去", "this is not JSON from here on");

    private static Bilingual Remedy(JsonException exception, SourceFile file) => IsCutOff(exception, file)
        ? ("补上缺的 \" ] 或 }", "add the missing \" ] or }")
        : ("检查这里和上一行的引号、逗号、冒号和括号（都用半角）",
            "check quotes, commas, colons and brackets here and on the line above");
}
