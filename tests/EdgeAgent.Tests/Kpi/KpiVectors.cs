using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Kpi.Numbers;

namespace EdgeAgent.Tests.Kpi;

/// <summary>The worked examples beside the repository, and comparison without a tolerance.</summary>
internal static class KpiVectors
{
    public static JsonElement Find(string id)
    {
        var path = Path.Combine(Root(), "..", "shared", "data", "kpi-test-vectors.json");
        if (!File.Exists(path))
        {
            Assert.Skip($"{path} is not there.");
        }

        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.EnumerateArray()
            .Single(vector => vector.GetProperty("id").GetString() == id).Clone();
    }

    public static JsonElement In(this JsonElement vector, string name) =>
        vector.GetProperty("inputs").GetProperty(name);

    public static long Int(this JsonElement vector, string name) => vector.In(name).GetInt64();

    /// <summary>A number, or a text holding a decimal or a quotient.</summary>
    public static Fraction Exact(this JsonElement element) =>
        Fraction.TryParse(element.ValueKind == JsonValueKind.String ? element.GetString() : element.GetRawText(),
            out var value)
            ? value
            : throw new FormatException(element.GetRawText());

    /// <summary>
    /// The double nearest to the value must be the one the vector gives; a percentage is compared as a ratio.
    /// </summary>
    public static void Expects(this JsonElement vector, string name, KpiValue value)
    {
        var expected = vector.GetProperty("expected").GetProperty(name);
        var exact = value.Exact is { } some && value.Kpi.Unit == "%" ? some / 100 : value.Exact;
        Same(expected, exact, name);
    }

    public static void Same(JsonElement expected, Fraction? exact, string name)
    {
        if (expected.ValueKind == JsonValueKind.Null)
        {
            Assert.Null(exact);
            return;
        }

        Assert.True(exact is not null, $"{name} is null");
        var text = expected.GetRawText();
        Assert.True(
            expected.GetDouble() == Nearest(exact.Value),
            $"{name}: expected {text}, have {exact} = {exact.Value.ToDecimal()}");
    }

    /// <summary>Correctly rounded, half to even.</summary>
    public static double Nearest(Fraction value)
    {
        if (value.IsZero)
        {
            return 0;
        }

        // 64 bits of quotient and a sticky bit leave nothing to chance in one rounding to 53.
        var numerator = BigInteger.Abs(value.Numerator);
        var shift = 64 - (int)(numerator.GetBitLength() - value.Denominator.GetBitLength());
        var quotient = BigInteger.DivRem(
            shift >= 0 ? numerator << shift : numerator, shift >= 0 ? value.Denominator : value.Denominator << -shift,
            out var remainder);
        var drop = (int)quotient.GetBitLength() - 53;
        var kept = quotient >> drop;
        var rest = quotient - (kept << drop);
        var half = BigInteger.One << (drop - 1);
        if (rest > half || (rest == half && (!remainder.IsZero || !kept.IsEven)))
        {
            kept++;
        }

        return Math.ScaleB((double)kept, drop - shift) * value.Numerator.Sign;
    }

    private static string Root([CallerFilePath] string here = "")
    {
        var directory = new FileInfo(here).Directory;
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "EdgeAgent.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException($"No EdgeAgent.sln above {here}.");
    }
}
