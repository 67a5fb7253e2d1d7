using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Kpi.Numbers;
using EdgeAgent.Readers;

namespace EdgeAgent.Tests.Readers;

public sealed class KpiDisplayTests
{
    [Theory]
    [InlineData("0", "0.00")]
    [InlineData("78", "78.00")]
    [InlineData("78.125", "78.12")] // Half to even.
    [InlineData("78.135", "78.14")]
    [InlineData("2/3", "0.67")]
    [InlineData("0.1", "0.10")]
    [InlineData("0.02", "0.0200")] // The programme's own example: from 0.02 % to 0.005 %.
    [InlineData("0.005", "0.00500")]
    [InlineData("0.0123456", "0.0123")]
    [InlineData("0.0999999", "0.1000")]
    [InlineData("1/3000", "0.000333")]
    [InlineData("-1/3000", "-0.000333")]
    [InlineData("-12.345", "-12.34")]
    [InlineData("123456789.987", "123456789.99")]
    public void A_figure_is_rounded_once_for_people(string exact, string shown)
    {
        Assert.True(Fraction.TryParse(exact, out var value));

        Assert.Equal(shown, KpiDisplay.Text(new() { Kpi = KpiCatalogue.DefectRate, Exact = value }));
    }

    [Fact]
    public void The_smallest_figure_a_decimal_holds_is_shown()
    {
        var smallest = new KpiValue { Kpi = KpiCatalogue.DefectRate, Exact = Fraction.FromMantissa(1, 28) };

        Assert.Equal("0.0000000000000000000000000001", KpiDisplay.Text(smallest));
    }

    [Fact]
    public void What_cannot_be_formed_is_not_shown_as_a_number()
    {
        Assert.Null(KpiDisplay.Text(new() { Kpi = KpiCatalogue.DefectRate, NullReason = "no items" }));
    }
}
