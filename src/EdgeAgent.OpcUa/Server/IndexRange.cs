using System.Globalization;
using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Server;

/// <summary>A part of a one-dimensional array: "3" or "1:4" (Part 4, 7.27). Matrices and texts are refused.</summary>
internal static class IndexRange
{
    public static DataValue Apply(string range, DataValue value)
    {
        if (value.Status.IsBad)
        {
            return value;
        }

        if (!TryParse(range, out var first, out var last))
        {
            return new(default, StatusCodes.BadIndexRangeInvalid);
        }

        if (value.Value.Array is not { Dimensions: null } array || first >= array.Count)
        {
            return new(default, StatusCodes.BadIndexRangeNoData);
        }

        var count = Math.Min(last, array.Count - 1) - first + 1;
        var part = Array.CreateInstanceFromArrayType(array.Elements.GetType(), count);
        Array.Copy(array.Elements, first, part, 0, count);
        return value with { Value = Variant.From(new UaArray(array.ElementType, part)) };
    }

    public static bool TryParse(string range, out int first, out int last)
    {
        var colon = range.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            var isNumber = TryParse(range.AsSpan(), out first);
            last = first;
            return isNumber;
        }

        last = 0;
        return TryParse(range.AsSpan(0, colon), out first) && TryParse(range.AsSpan(colon + 1), out last)
            && last > first;
    }

    private static bool TryParse(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
