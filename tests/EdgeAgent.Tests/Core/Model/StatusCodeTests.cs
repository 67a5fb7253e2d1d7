using System.Globalization;
using System.Reflection;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Tests.Core.Model;

public sealed class StatusCodeTests
{
    [Theory]
    [InlineData(0x0000_0000u, true, false, false)]
    [InlineData(0x0000_0480u, true, false, false)]
    [InlineData(0x4090_0000u, false, true, false)]
    [InlineData(0x800A_0000u, false, false, true)]
    [InlineData(0xC000_0000u, false, false, true)]
    public void The_two_high_bits_are_the_severity(uint value, bool good, bool uncertain, bool bad)
    {
        var status = new StatusCode(value);

        Assert.Equal((good, uncertain, bad), (status.IsGood, status.IsUncertain, status.IsBad));
    }

    [Fact]
    public void A_known_code_has_its_name_and_an_unknown_one_its_number()
    {
        Assert.Equal("BadTimeout", StatusCode.BadTimeout.ToString());
        Assert.Equal("BadTimeout", new StatusCode(0x800A_0123).ToString());
        Assert.Equal("0x80FE0000", new StatusCode(0x80FE_0000).ToString());
    }

    [Fact]
    public void Names_and_numbers_are_those_of_the_OPC_Foundation()
    {
        var path = TestPaths.Shared("data/opcua");
        var file = Directory.EnumerateFiles(path, "*tatus*ode*.csv").FirstOrDefault();
        Assert.SkipWhen(file is null, $"No table of status codes in {path}.");
        var official = File.ReadLines(file).Select(line => line.Split(','))
            .ToDictionary(row => row[0], row => uint.Parse(row[1].AsSpan(2), NumberStyles.HexNumber, null));

        foreach (var field in typeof(StatusCode).GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            Assert.Equal(official[field.Name], ((StatusCode)field.GetValue(null)!).Value);
        }
    }
}
