using System.Globalization;

namespace EdgeAgent.Configuration.Reading;

/// <summary>
/// One value the user wrote, a CSV cell or a JSON value, with its place. Reading it as something either gives that, or
/// reports what is wrong and gives the fallback so that reading goes on and every other mistake is found too.
/// </summary>
internal readonly record struct Field(string Name, FieldKind Kind, string Text, Place Place, Findings Findings)
{
    /// <summary>Longest id, in characters: they are part of MQTT topics and of file names.</summary>
    public const int MaxIdLength = 64;

    /// <summary>Longest name or description.</summary>
    public const int MaxTextLength = 512;

    public bool IsMissing => Kind == FieldKind.Missing;

    public void Error(Bilingual problem, Bilingual remedy) => Findings.Error(Place, Named(problem), remedy);

    public void Warn(Bilingual problem, Bilingual remedy) => Findings.Warn(Place, Named(problem), remedy);

    /// <summary>Reports a value that must not be missing.</summary>
    public Field Required(string example)
    {
        if (IsMissing)
        {
            Error(("缺失", "is missing"), Written(example, FieldKind.JsonText));
        }
        else if (Kind == FieldKind.JsonText && Text.Length == 0)
        {
            Error(("是空的", "is empty"), Written(example, FieldKind.JsonText));
        }

        return this;
    }

    /// <summary>One line of text, or "" when missing.</summary>
    public string Line(string fallback = "", int maxLength = MaxTextLength, string example = "…")
    {
        if (!Is(FieldKind.JsonText, ("文本", "text"), example))
        {
            return fallback;
        }

        if (Text.Length > maxLength)
        {
            Error(($"太长：{Text.Length} 个字符", $"is too long: {Text.Length} characters"),
                ($"最多 {maxLength} 个字符", $"at most {maxLength} characters"));
            return fallback;
        }

        if (Text.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0)
        {
            Error(("里有换行或空字符", "contains a line break or a NUL character"), ("写成一行", "one line of text"));
            return fallback;
        }

        return Text;
    }

    /// <summary>One line of text, or null when missing.</summary>
    public string? LineOrNull(int maxLength = MaxTextLength, string example = "…") =>
        IsMissing ? null : Line("", maxLength, example) is { Length: > 0 } line ? line : EmptyText(example);

    /// <summary>A host name or IP address, without scheme, port or path.</summary>
    public string Host()
    {
        const string Example = "192.168.1.10";
        var host = Line(maxLength: 253, example: Example);
        if (host.Length > 0 && Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            Error(Not(("主机名或 IP 地址", "a host name or IP address")), Written(Example));
        }

        return host;
    }

    /// <summary>
    /// An id: letters of any script, digits, dot, dash and underscore, beginning with a letter or digit.
    /// </summary>
    public string Id(string example)
    {
        var id = Required(example).Line(maxLength: MaxIdLength, example: example);
        if (id.Length > 0 && !IsId(id))
        {
            Error(
                ($"不能用作编号：{Quoted.Of(id)}", $"is not an id: {Quoted.Of(id)}"),
                ($"字母、汉字、数字和 . - _，以字母、汉字或数字开头，例如 {example}",
                    $"letters, digits and . - _, beginning with a letter or digit, for example {example}"));
        }

        return id;
    }

    public int Integer(int fallback, int min, int max) => (int)LongInteger(fallback, min, max);

    public long LongInteger(long fallback, long min, long max)
    {
        var example = fallback.ToString(CultureInfo.InvariantCulture);
        if (!Is(FieldKind.JsonNumber, ("整数", "a whole number"), example))
        {
            return fallback;
        }

        if (!long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            NotA(("整数", "a whole number"), example, FieldKind.JsonNumber);
            return fallback;
        }

        return InRange(value, min, max, number => number.ToString(CultureInfo.InvariantCulture)) ? value : fallback;
    }

    public decimal Decimal(decimal fallback, decimal min, decimal max)
    {
        var example = fallback.ToString(CultureInfo.InvariantCulture);
        if (!Is(FieldKind.JsonNumber, ("数", "a number"), example))
        {
            return fallback;
        }

        if (!DecimalText.TryParse(Text, out var value))
        {
            var point = Text.Contains(',', StringComparison.Ordinal) || Text.Contains('，', StringComparison.Ordinal)
                ? ("小数点用 .，不用逗号和千位分隔，例如 1234.5", "a point for decimals and no thousands separator, 1234.5")
                : (Bilingual)Written(example, FieldKind.JsonNumber);
            Error(Not(("数", "a number")), point);
            return fallback;
        }

        return InRange(value, min, max, number => number.ToString(CultureInfo.InvariantCulture)) ? value : fallback;
    }

    public bool Flag(bool fallback)
    {
        var example = fallback ? "true" : "false";
        if (!Is(FieldKind.JsonBoolean, ("true 或 false", "true or false"), example))
        {
            return fallback;
        }

        if (Kind == FieldKind.JsonBoolean)
        {
            return Text == "true";
        }

        if (YesNo.TryParse(Text, out var answer))
        {
            return answer == Answer.Yes;
        }

        NotOneOf(YesNo);
        return fallback;
    }

    public TimeSpan Duration(TimeSpan fallback, TimeSpan min, TimeSpan max)
    {
        var example = DurationText.Format(fallback);
        if (!Is(FieldKind.JsonText, ("时长", "a duration"), example))
        {
            return fallback;
        }

        if (!DurationText.TryParse(Text, out var value))
        {
            Error(
                Not(("时长", "a duration")),
                ($"整数加单位 ms、s、min、h 或 d，例如 {example}", $"a whole number and ms, s, min, h or d, like {example}"));
            return fallback;
        }

        return InRange(value, min, max, DurationText.Format) ? value : fallback;
    }

    public long Size(long fallback, long min, long max)
    {
        var example = SizeText.Format(fallback);
        if (!Is(FieldKind.JsonText, ("容量", "a size"), example))
        {
            return fallback;
        }

        if (!SizeText.TryParse(Text, out var value))
        {
            Error(
                Not(("容量", "a size")),
                ($"整数加单位 KiB、MiB、GiB 或 TiB，例如 {example}", $"a whole number and KiB, MiB, GiB or TiB, like {example}"));
            return fallback;
        }

        return InRange(value, min, max, SizeText.Format) ? value : fallback;
    }

    public T Choice<T>(T fallback, Choices<T> choices)
        where T : struct, Enum
    {
        if (!Is(FieldKind.JsonText, ("文本", "text"), choices.WordOf(fallback)))
        {
            return fallback;
        }

        if (choices.TryParse(Text, out var value))
        {
            return value;
        }

        NotOneOf(choices);
        return fallback;
    }

    /// <summary>"2026-10-01", or null.</summary>
    public DateOnly? Date()
    {
        const string Example = "2026-10-01";
        if (!Is(FieldKind.JsonText, ("日期", "a date"), Example))
        {
            return null;
        }

        if (PlantTime.TryParseDate(Text, out var date))
        {
            return date;
        }

        NotA(("日期", "a date"), Example);
        return null;
    }

    /// <summary>"08:00", and "24:00" for the end of the day; minutes since midnight, or null.</summary>
    public int? MinuteOfDay()
    {
        const string Example = "08:00";
        if (!Is(FieldKind.JsonText, ("时刻", "a time of day"), Example))
        {
            return null;
        }

        if (Text == "24:00")
        {
            return 24 * 60;
        }

        if (TimeOnly.TryParseExact(Text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return (time.Hour * 60) + time.Minute;
        }

        NotA(("时刻", "a time of day"), Example);
        return null;
    }

    /// <summary>"2026-10-01" or "2026-10-01T08:00" on the plant's clock, with seconds if need be; or null.</summary>
    public PlantTime? LocalTime(string example = "2026-10-01T08:00")
    {
        if (!Is(FieldKind.JsonText, ("当地时间", "a local time"), example))
        {
            return null;
        }

        if (PlantTime.TryParse(Text, out var time))
        {
            return time;
        }

        NotA(("当地时间", "a local time"), example);
        return null;
    }

    /// <summary>What the remedy looks like in this file: a cell as it is, a JSON value with its key.</summary>
    public string Written(string value, FieldKind kind = FieldKind.JsonText)
    {
        if (Kind == FieldKind.Cell || !Place.File.Name.EndsWith(".json", StringComparison.Ordinal))
        {
            return value;
        }

        var isBare = kind is FieldKind.JsonNumber or FieldKind.JsonBoolean || value is "…" || value.StartsWith('{');
        var written = isBare ? value : $"\"{value}\"";
        return Name.EndsWith(']') ? written : $"\"{Name[(Name.LastIndexOf('.') + 1)..]}\": {written}";
    }

    public Bilingual Not(Bilingual expected) =>
        ($"不是{expected.Chinese}：{Quoted.Of(Text)}", $"is not {expected.English}: {Quoted.Of(Text)}");

    private enum Answer
    {
        No,
        Yes,
    }

    private static readonly Choices<Answer> YesNo = new((Answer.Yes, ["yes", "是"]), (Answer.No, ["no", "否"]));

    /// <summary>Whether <see cref="Id"/> would take it.</summary>
    public static bool IsId(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!System.Text.Rune.IsLetterOrDigit(rune) && rune.Value is not ('.' or '-' or '_'))
            {
                return false;
            }
        }

        return System.Text.Rune.IsLetterOrDigit(text.EnumerateRunes().First());
    }

    // Chinese punctuation brings its own space.
    private Bilingual Named(Bilingual problem) => new(
        problem.Chinese[0] is '：' or '（' ? Name + problem.Chinese : $"{Name} {problem.Chinese}",
        $"{Name} {problem.English}");

    // Whether there is a value and it is written as it must be; a missing one is nobody's mistake here.
    private bool Is(FieldKind jsonKind, Bilingual expected, string example)
    {
        if (Kind == FieldKind.Missing)
        {
            return false;
        }

        if (Kind == FieldKind.Cell || Kind == jsonKind)
        {
            return true;
        }

        Error(
            ($"应是：{expected.Chinese}，写的是：{Kind.Described().Chinese}",
                $"must be {expected.English}, but is {Kind.Described().English}"),
            Written(example, jsonKind));
        return false;
    }

    private string? EmptyText(string example)
    {
        if (Kind == FieldKind.JsonText && Text.Length == 0)
        {
            Error(("是空的", "is empty"), Written(example));
        }

        return null;
    }

    private void NotA(Bilingual expected, string example, FieldKind kind = FieldKind.JsonText) =>
        Error(Not(expected), Written(example, kind));

    private void NotOneOf<T>(Choices<T> choices)
        where T : struct, Enum
    {
        var suggestion = Findings.Suggest(Text, choices.Words);
        Error(
            ($"不能写 {Quoted.Of(Text)}", $"cannot be {Quoted.Of(Text)}"),
            suggestion is null
                ? ($"其中之一：{choices.Listed}", $"one of {choices.Listed}")
                : (Bilingual)Written(suggestion));
    }

    private bool InRange<T>(T value, T min, T max, Func<T, string> format)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) >= 0 && value.CompareTo(max) <= 0)
        {
            return true;
        }

        Error(
            ($"超出范围：{format(value)}", $"is out of range: {format(value)}"),
            ($"{format(min)} 至 {format(max)}", $"{format(min)} to {format(max)}"));
        return false;
    }
}
