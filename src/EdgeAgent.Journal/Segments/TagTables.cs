using EdgeAgent.Core.Model;
using EdgeAgent.Journal.Format;

namespace EdgeAgent.Journal.Segments;

/// <summary>
/// Gives the tables of segments: the agent's own where identifiers and kinds are the same, so that readers see units
/// and devices too, else one that knows identifiers and kinds only. Thread-safe.
/// </summary>
internal sealed class TagTables
{
    // Old segments mostly share one old table; a few are enough.
    private const int RememberedCount = 4;

    private readonly Lock _gate = new();
    private readonly List<(byte[] Section, TagTable Table)> _tables = [];

    public TagTables(TagTable current) => Add(TagSection.Write(current), current);

    /// <summary>The agent has another table now.</summary>
    public void Add(byte[] section, TagTable table)
    {
        lock (_gate)
        {
            _tables.RemoveAll(known => known.Section.AsSpan().SequenceEqual(section));
            _tables.Insert(0, (section, table));
            if (_tables.Count > RememberedCount)
            {
                _tables.RemoveAt(RememberedCount);
            }
        }
    }

    /// <exception cref="JournalFormatException">The section is damaged.</exception>
    public TagTable Read(ReadOnlySpan<byte> section)
    {
        lock (_gate)
        {
            foreach (var (known, table) in _tables)
            {
                if (section.SequenceEqual(known))
                {
                    return table;
                }
            }
        }

        var read = TagSection.Read(section);
        Add(section.ToArray(), read);
        return read;
    }
}
