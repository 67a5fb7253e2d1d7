namespace EdgeAgent.Configuration;

/// <summary>
/// A sentence for people, in the two languages the product speaks. Chinese comes first: the users read it first.
/// </summary>
internal readonly record struct Bilingual(string Chinese, string English)
{
    public static implicit operator Bilingual((string Chinese, string English) text) => new(text.Chinese, text.English);

    /// <summary>Values, names and numbers read the same in both languages.</summary>
    public static implicit operator Bilingual(string either) => new(either, either);

    public static Bilingual operator +(Bilingual left, Bilingual right) =>
        new(left.Chinese + right.Chinese, left.English + right.English);
}
