namespace EdgeAgent.Configuration.Reading;

/// <summary>
/// Names that other places refer to, in the order they were given. A name given twice is reported with both lines.
/// </summary>
/// <param name="kind">What is named, for messages: "device".</param>
/// <param name="home">The file where it is to be added.</param>
/// <param name="isWhole">Whether the home was read whole. If not, an unknown name may be in the part that was
/// not.</param>
internal sealed class NameIndex<T>(Bilingual kind, string home, bool isWhole)
    where T : class
{
    private readonly Dictionary<string, (T Value, Place Place)> _values = new(StringComparer.Ordinal);
    private bool _isWhole = isWhole;

    public IEnumerable<string> Names => _values.Keys;

    public void Add(Field name, T value)
    {
        // What is missing or no id has been reported where it was read.
        if (name.Text.Length == 0 || !Field.IsId(name.Text))
        {
            _isWhole = false;
        }
        else if (!_values.TryAdd(name.Text, (value, name.Place)))
        {
            var first = _values[name.Text].Place;
            name.Error(
                ($"{Quoted.Of(name.Text)} 重复，第一次在第 {first.Line} 行",
                    $"{Quoted.Of(name.Text)} appears twice, first on line {first.Line}"),
                ("改名，或删除其中一个", "rename or remove one of them"));
        }
    }

    public T? Find(string name) => _values.TryGetValue(name, out var entry) ? entry.Value : null;

    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>What a reference means; null if it is empty or unknown, and the latter is reported.</summary>
    public T? Resolve(Field reference)
    {
        if (reference.Text.Length == 0)
        {
            return null;
        }

        if (_values.TryGetValue(reference.Text, out var entry))
        {
            return entry.Value;
        }

        if (_isWhole)
        {
            var suggestion = reference.Findings.Suggest(reference.Text, Names);
            reference.Error(
                ($"：{home} 里没有{kind.Chinese} {Quoted.Of(reference.Text)}",
                    $"names {kind.English} {Quoted.Of(reference.Text)}, which is not in {home}"),
                suggestion is null
                    ? ($"先在 {home} 里加上它，或改成已有的", $"add it to {home} first, or name one that is there")
                    : ($"{suggestion}，或先在 {home} 里加上它", $"{suggestion}, or add it to {home} first"));
        }

        return null;
    }
}
