namespace EdgeAgent.Configuration.Reading;

/// <summary>Collects everything there is to say about a folder while it is read.</summary>
internal sealed class Findings
{
    /// <summary>
    /// Errors (and likewise warnings) kept per file; nobody corrects more in one go, and memory stays bounded.
    /// </summary>
    public const int MaxPerFile = 1000;

    // Suggestions cost a comparison of words each; a hostile file may not make us compute for ever.
    private const int MaxComparisons = 5_000_000;

    // Nothing that has a name is called anything so long.
    private const int MaxWordLength = 100;

    private readonly List<(Place Place, ConfigError Error)> _errors = [];
    private readonly List<(Place Place, ConfigError Error)> _warnings = [];
    private readonly HashSet<ConfigError> _known = [];
    private readonly Dictionary<(string File, bool IsError), int> _counts = [];
    private int _comparisons;

    public int ErrorCount => _errors.Count;

    public int OmittedCount { get; private set; }

    public void Error(Place place, Bilingual message, Bilingual remedy) => Add(_errors, true, place, message, remedy);

    public void Warn(Place place, Bilingual message, Bilingual remedy) => Add(_warnings, false, place, message, remedy);

    /// <summary>The candidate most like <paramref name="word"/>, or null when none is near.</summary>
    public string? Suggest(string word, IEnumerable<string> candidates)
    {
        if (word.Length > MaxWordLength)
        {
            return null;
        }

        var limit = Nearest.Limit(word);
        string? nearest = null;
        foreach (var candidate in candidates)
        {
            if (_comparisons++ >= MaxComparisons)
            {
                break;
            }

            var distance = Nearest.Distance(word, candidate, limit);
            if (distance <= limit)
            {
                (nearest, limit) = (candidate, distance - 1);
            }
        }

        return nearest;
    }

    public IReadOnlyList<ConfigError> Errors(IReadOnlyList<string> fileOrder) => InOrder(_errors, fileOrder);

    public IReadOnlyList<ConfigError> Warnings(IReadOnlyList<string> fileOrder) => InOrder(_warnings, fileOrder);

    private void Add(
        List<(Place, ConfigError)> list, bool isError, Place place, Bilingual message, Bilingual remedy)
    {
        var key = (place.File.Name, isError);
        var count = _counts.GetValueOrDefault(key);
        if (count == MaxPerFile)
        {
            OmittedCount++;
            return;
        }

        var position = place.Offset == Place.WholeFile ? default : place.File.PositionOf(place.Offset);
        int? column = place.Offset == Place.WholeFile ? null : position.Column;
        var error = new ConfigError(place.File.Name, position.Line, column, message, remedy);
        if (!_known.Add(error))
        {
            return; // A value that is read for two purposes is wrong once.
        }

        _counts[key] = count + 1;
        list.Add((place, error));
    }

    private static List<ConfigError> InOrder(
        List<(Place Place, ConfigError Error)> list, IReadOnlyList<string> fileOrder)
    {
        var rank = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < fileOrder.Count; i++)
        {
            rank.TryAdd(fileOrder[i], i);
        }

        return
        [
            .. list
                .OrderBy(entry => rank.GetValueOrDefault(entry.Error.File, int.MaxValue))
                .ThenBy(entry => entry.Error.File, StringComparer.Ordinal)
                .ThenBy(entry => entry.Place.Offset)
                .Select(entry => entry.Error),
        ];
    }
}
