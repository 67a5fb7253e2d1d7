namespace EdgeAgent.Configuration.Reading;

/// <summary>Finds what was probably meant.</summary>
internal static class Nearest
{
    /// <summary>
    /// Edits (insert, delete, replace, swap of neighbours; case ignored) between two words, or <paramref name="limit"/>
    /// + 1 if there are more.
    /// </summary>
    public static int Distance(string left, string right, int limit)
    {
        if (Math.Abs(left.Length - right.Length) > limit)
        {
            return limit + 1;
        }

        var beforeLast = new int[right.Length + 1];
        var last = new int[right.Length + 1];
        var current = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            var best = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replace = last[j - 1] + (Same(left[i - 1], right[j - 1]) ? 0 : 1);
                var edits = Math.Min(replace, Math.Min(last[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]))
                {
                    edits = Math.Min(edits, beforeLast[j - 2] + 1);
                }

                current[j] = edits;
                best = Math.Min(best, edits);
            }

            if (best > limit)
            {
                return limit + 1;
            }

            (beforeLast, last, current) = (last, current, beforeLast);
        }

        return Math.Min(last[right.Length], limit + 1);
    }

    /// <summary>
    /// How far off a word may be and still be taken for a slip: a third of it, so "m9" is no slip of "m2".
    /// </summary>
    public static int Limit(string word) => word.Length / 3;

    private static bool Same(char left, char right) =>
        char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
