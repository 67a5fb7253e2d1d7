using EdgeAgent.OpcUa.SecureChannel;

namespace EdgeAgent.Tests.OpcUa.SecureChannel;

public sealed class KeyDerivationTests
{
    /// <summary>
    /// The test vector for P_SHA256 that the IETF's TLS list agreed on; label and seed are the seed here.
    /// </summary>
    [Fact]
    public void The_known_vector_comes_out()
    {
        var secret = Convert.FromHexString("9BBE436BA940F017B17652849A71DB35");
        byte[] seed = [.. "test label"u8, .. Convert.FromHexString("A0BA9F936CDA311827A6F796FFD5198C")];
        const string expected =
            "E3F229BA727BE17B8D122620557CD453C2AAB21D07C3D495329B52D4E61EDB5A"
            + "6B301791E90D35C9C9A46B4E14BAF9AF0FA022F7077DEF17ABFD3797C0564BAB"
            + "4FBC91666E9DEF9B97FCE34F796789BAA48082D122EE42C5A72E5A5110FFF701"
            + "87347B66";
        for (var length = 0; length <= expected.Length / 2; length++)
        {
            var output = new byte[length];
            KeyDerivation.Derive(secret, seed, output);
            Assert.Equal(expected[..(2 * length)], Convert.ToHexString(output));
        }
    }
}
