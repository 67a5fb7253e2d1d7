using System.Globalization;
using System.Reflection;
using EdgeAgent.OpcUa;

namespace EdgeAgent.Tests.OpcUa;

public sealed class StatusCodeTests
{
    [Fact]
    public void The_codes_are_those_of_the_table()
    {
        var table = File.ReadLines(TestPaths.Shared("data/opcua/StatusCode.csv"))
            .Select(line => line.Split(',', 3))
            .ToDictionary(cells => cells[0], cells => uint.Parse(cells[1].AsSpan(2), NumberStyles.HexNumber, null));
        var ours = typeof(StatusCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .ToDictionary(field => field.Name, field => (uint)field.GetRawConstantValue()!);
        Assert.Equal(table.OrderBy(row => row.Key), ours.OrderBy(row => row.Key));
        Assert.All(table, row => Assert.Equal(row.Key, new StatusCode(row.Value).ToString()));
    }

    [Theory]
    [InlineData(0x00000000, true, false, false)]
    [InlineData(0x40A40000, false, true, false)]
    [InlineData(0x80310000, false, false, true)]
    [InlineData(0xC0000000, false, false, true)]
    public void The_severity_is_in_the_two_highest_bits(uint value, bool good, bool uncertain, bool bad)
    {
        var status = new StatusCode(value);
        Assert.Equal((good, uncertain, bad), (status.IsGood, status.IsUncertain, status.IsBad));
    }

    [Theory]
    [InlineData(0x00000480, true)]
    [InlineData(0x80310480, true)]
    [InlineData(0x00000080, false)]
    [InlineData(0x00000400, false)]
    [InlineData(0x00000C80, false)]
    public void The_overflow_bit_counts_only_in_the_info_bits_of_a_data_value(uint value, bool overflow) =>
        Assert.Equal(overflow, new StatusCode(value).HasOverflow);

    [Fact]
    public void Information_bits_do_not_hide_the_name() =>
        Assert.Equal("BadNoCommunication", new StatusCode(0x80310480).ToString());
}
