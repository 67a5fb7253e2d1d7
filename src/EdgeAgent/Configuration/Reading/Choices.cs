namespace EdgeAgent.Configuration.Reading;

/// <summary>
/// The words a setting may hold and what each means; the first word of a meaning is the one to teach.
/// </summary>
internal sealed class Choices<T>(params (T Value, string[] Words)[] choices)
    where T : struct, Enum
{
    /// <summary>Every word, for suggestions.</summary>
    public IEnumerable<string> Words => choices.SelectMany(choice => choice.Words);

    /// <summary>"plain, automated, digital" for a message.</summary>
    public string Listed => string.Join(", ", choices.Select(choice => choice.Words[0]));

    public bool TryParse(string text, out T value)
    {
        foreach (var (candidate, words) in choices)
        {
            if (words.Contains(text, StringComparer.OrdinalIgnoreCase))
            {
                value = candidate;
                return true;
            }
        }

        value = default;
        return false;
    }

    public string WordOf(T value) => choices.First(choice => choice.Value.Equals(value)).Words[0];
}
