using CsCheck;
using EdgeAgent.Configuration;
using EdgeAgent.Configuration.Reading;
using EdgeAgent.Core.Kpi;

namespace EdgeAgent.Tests.Configuration;

/// <summary>Damaged files: whatever the bytes, there is a result, and it is whole or it says why not.</summary>
public sealed class ConfigFuzzTests
{
    private static readonly Dictionary<string, byte[]> Example = ConfigFile.All.ToDictionary(
        file => file.Name, file => File.ReadAllBytes(Path.Combine(TestFolders.Example, file.Name)));

    private static readonly byte[][] Spices =
    [
        [0], [0xFF], [0x80], [0xEF, 0xBB, 0xBF], "\""u8.ToArray(), ","u8.ToArray(), "\r"u8.ToArray(), "\n"u8.ToArray(),
        "{"u8.ToArray(), "]"u8.ToArray(), "\\u"u8.ToArray(), "/*"u8.ToArray(), "-"u8.ToArray(),
        "99999999999999999999"u8.ToArray(),
        "：，"u8.ToArray(), "\u202E"u8.ToArray(), "null"u8.ToArray(), "1e999"u8.ToArray(),
    ];

    private static readonly Gen<(int File, int Edit, int At, int Length, byte Byte)> Edit =
        Gen.Select(Gen.Int[0, Example.Count - 1], Gen.Int[0, 4], Gen.Int[0, 1 << 20], Gen.Int[0, 40], Gen.Byte);

    [Fact]
    public void Any_damage_ends_in_a_result()
    {
        Edit.Array[1, 4].Sample(
            edits =>
            {
                var files = new Dictionary<string, byte[]>(Example);
                foreach (var edit in edits)
                {
                    var name = ConfigFile.All[edit.File].Name;
                    files[name] = Apply(files[name], edit);
                }

                var (config, findings) = Read(files);
                Assert.Equal(findings.ErrorCount == 0, config is not null);
            },
            iter: 5_000);
    }

    [Fact]
    public void Every_truncation_ends_in_a_result()
    {
        foreach (var name in Example.Keys)
        {
            for (var length = 0; length < Example[name].Length; length++)
            {
                var files = new Dictionary<string, byte[]>(Example) { [name] = Example[name][..length] };

                var (config, findings) = Read(files);

                Assert.Equal(findings.ErrorCount == 0, config is not null);
            }
        }
    }

    private static byte[] Apply(byte[] bytes, (int File, int Edit, int At, int Length, byte Byte) edit)
    {
        var at = bytes.Length == 0 ? 0 : edit.At % bytes.Length;
        var length = Math.Min(edit.Length, bytes.Length - at);
        return edit.Edit switch
        {
            0 => [.. bytes[..at], edit.Byte, .. bytes[Math.Min(at + 1, bytes.Length)..]],
            1 => [.. bytes[..at], .. bytes[(at + length)..]],
            2 => [.. bytes[..at], .. Spices[edit.Byte % Spices.Length], .. bytes[at..]],
            3 => [.. bytes[..(at + length)], .. bytes[at..]],
            _ => bytes[..at],
        };
    }

    private static (PlantConfig? Config, Findings Findings) Read(Dictionary<string, byte[]> files)
    {
        var findings = new Findings();
        var decoded = files.ToDictionary(file => file.Key, file => TextFile.Decode(file.Key, file.Value, findings));
        var config = new PlantReader(file => decoded[file.Name], findings).Read("/config", "hash");
        if (config is not null)
        {
            _ = new KpiEngine(ModelBuilder.Kpi(config)); // What is accepted can be computed with.
        }

        findings.Errors([]);
        findings.Warnings([]);
        return (config, findings);
    }
}
