using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.Tests.OpcUa.SecureChannel;

public sealed class RequestHeaderPatchTests
{
    public static TheoryData<string, string?> Headers => new()
    {
        { "null", null },
        { "byte", "" },
        { "ushort", "audit" },
        { "uint", "" },
        { "text", "审计" },
        { "guid", "x" },
        { "opaque", null },
    };

    [Theory, MemberData(nameof(Headers))]
    public void Exactly_the_three_fields_are_replaced_whatever_stands_around_them(string token, string? audit)
    {
        var header = new RequestHeader
        {
            AuthenticationToken = token switch
            {
                "byte" => new(7),
                "ushort" => new(5, 700),
                "uint" => new(700, 70_000),
                "text" => new(1, "会话"),
                "guid" => new(1, Guid.NewGuid()),
                "opaque" => new(1, [1, 2, 3]),
                _ => default,
            },
            AuditEntryId = audit,
            ReturnDiagnostics = 3,
            Timestamp = new(1),
            RequestHandle = 2,
            TimeoutHint = 3,
        };
        var writer = new UaWriter();
        writer.WriteString("before");
        var position = writer.Position;
        header.Encode(writer);
        writer.WriteString("behind");
        var length = writer.Position;

        RequestHeaderPatch.Apply(writer, position, new(0x0123_4567_89AB_CDEF), 0xDEAD_BEEF, 0xCAFE);

        var reader = new UaReader(writer.WrittenSpan, DecodingLimits.Default);
        Assert.Equal("before", reader.ReadString());
        var expected = header with
        {
            Timestamp = new(0x0123_4567_89AB_CDEF),
            RequestHandle = 0xDEAD_BEEF,
            TimeoutHint = 0xCAFE,
        };
        Assert.Equal(Encoded(expected), Encoded(RequestHeader.Decode(ref reader)));
        Assert.Equal("behind", reader.ReadString());
        Assert.Equal(length, writer.Position);
    }

    private static string Encoded(RequestHeader header)
    {
        var writer = new UaWriter();
        header.Encode(writer);
        return Convert.ToHexString(writer.WrittenSpan);
    }
}
