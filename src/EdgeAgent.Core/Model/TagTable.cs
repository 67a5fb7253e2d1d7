using System.Collections.Frozen;

namespace EdgeAgent.Core.Model;

/// <summary>
/// The tags in force, in a fixed order: a sample names its tag by its index here. Immutable; a new configuration is a
/// new table, and a batch belongs to exactly one.
/// </summary>
public sealed class TagTable
{
    /// <summary>The most tags one agent reads.</summary>
    public const int MaxCount = 1_000_000;

    private readonly Tag[] _tags;
    private readonly FrozenDictionary<string, int> _indexes;

    /// <exception cref="ArgumentException">Two tags have one id, or there are over <see cref="MaxCount"/>.</exception>
    public TagTable(IEnumerable<Tag> tags)
    {
        _tags = [.. tags];
        if (_tags.Length > MaxCount)
        {
            throw new ArgumentException($"{_tags.Length} tags, at most {MaxCount}.", nameof(tags));
        }

        var indexes = new Dictionary<string, int>(_tags.Length, StringComparer.Ordinal);
        for (var i = 0; i < _tags.Length; i++)
        {
            if (!indexes.TryAdd(_tags[i].Id, i))
            {
                throw new ArgumentException($"Tag '{_tags[i].Id}' appears twice.", nameof(tags));
            }
        }

        _indexes = indexes.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public static TagTable Empty { get; } = new([]);

    public int Count => _tags.Length;

    public ReadOnlySpan<Tag> Tags => _tags;

    public Tag this[int index] => _tags[index];

    /// <summary>The index of a tag, or -1.</summary>
    public int IndexOf(string id) => _indexes.TryGetValue(id, out var index) ? index : -1;
}
