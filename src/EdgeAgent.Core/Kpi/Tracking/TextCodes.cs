using EdgeAgent.Core.Kpi.Snapshots;

namespace EdgeAgent.Core.Kpi.Tracking;

/// <summary>
/// Numbers for the texts that state and product tags have told, so that a reading is the same size for every kind.
/// </summary>
internal sealed class TextCodes
{
    /// <summary>
    /// Distinct texts remembered. A plant has thousands of products, not more; further texts are Bad readings.
    /// </summary>
    public const int MaxCount = 65_536;

    /// <summary>A state or product name longer than this is none.</summary>
    public const int MaxLength = 256;

    private readonly Dictionary<string, long> _codes = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];

    public string this[long code] => _texts[(int)code];

    public bool TryCode(string text, out long code)
    {
        if (_codes.TryGetValue(text, out code))
        {
            return true;
        }

        if (_texts.Count == MaxCount || text.Length > MaxLength)
        {
            return false;
        }

        code = _texts.Count;
        _codes.Add(text, code);
        _texts.Add(text);
        return true;
    }

    /// <summary>Whether a code stands for a text, without a look-up.</summary>
    public bool Matches(long code, string text) =>
        (ulong)code < (ulong)_texts.Count && string.Equals(_texts[(int)code], text, StringComparison.Ordinal);

    public void Write(SnapshotWriter writer)
    {
        writer.Count(_texts.Count);
        foreach (var text in _texts)
        {
            writer.Text(text);
        }
    }

    public void Read(ref SnapshotReader reader)
    {
        var count = reader.Count(MaxCount);
        for (var i = 0; i < count; i++)
        {
            if (!TryCode(reader.Text(4 * MaxLength), out var code) || code != i)
            {
                throw SnapshotReader.Damaged("a text appears twice");
            }
        }
    }
}
