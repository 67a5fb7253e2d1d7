using System.Diagnostics;
using System.Globalization;
using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration.Registers;

/// <summary>The type column of the point table.</summary>
/// <param name="Encoding">How the value lies in registers.</param>
/// <param name="Length">Of "string:N": bytes, two to a register; 0 for every other type.</param>
internal sealed record RegisterType(RegisterEncoding Encoding, int Length)
{
    // Modbus Application Protocol V1.1b3, 6.3: one reply carries at most 125 registers.
    public const int MaxStringLength = 250;

    /// <summary>Stands for a type that could not be understood and has been reported; there is only this one.</summary>
    public static readonly RegisterType Unknown = new(RegisterEncoding.UInt16, 0);

    /// <summary>Registers the value occupies; a bool occupies one bit or part of one register.</summary>
    public int RegisterCount => Encoding switch
    {
        RegisterEncoding.Bool or RegisterEncoding.Int16 or RegisterEncoding.UInt16 or RegisterEncoding.Bcd16 => 1,
        RegisterEncoding.Int32 or RegisterEncoding.UInt32 or RegisterEncoding.Float32 or RegisterEncoding.Bcd32 => 2,
        RegisterEncoding.Int64 or RegisterEncoding.UInt64 or RegisterEncoding.Float64 => 4,
        RegisterEncoding.String => (Length + 1) / 2,
        _ => throw new UnreachableException(),
    };

    public override string ToString() => RegisterEncodings.Words.WordOf(Encoding) +
        (Encoding == RegisterEncoding.String ? string.Create(CultureInfo.InvariantCulture, $":{Length}") : "");

    /// <summary>Null if it cannot be understood; that is then reported.</summary>
    public static RegisterType? Read(Field field)
    {
        var text = field.Line(example: "uint16");
        if (text.Length == 0)
        {
            return null;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var word = colon < 0 ? text : text[..colon];
        if (!RegisterEncodings.Words.TryParse(word, out var encoding))
        {
            field.Error(
                ($"没有这种类型：{Quoted.Of(text)}", $"is unknown: {Quoted.Of(text)}"),
                Meant(word) ?? field.Findings.Suggest(word, RegisterEncodings.Words.Words) ??
                    RegisterEncodings.Words.Listed.Replace("string", "string:N", StringComparison.Ordinal));
            return null;
        }

        if (encoding != RegisterEncoding.String)
        {
            if (colon >= 0)
            {
                field.Error(("：只有 string 带长度", "has a length, which only string has"), word);
                return null;
            }

            return new RegisterType(encoding, 0);
        }

        if (colon < 0 ||
            !int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var length) ||
            length is 0 or > MaxStringLength)
        {
            field.Error(
                ("：string 要写明字节数", "is a string without its number of bytes"),
                ("1 至 250，例如 string:16", "1 to 250, like string:16"));
            return null;
        }

        return new RegisterType(encoding, length);
    }

    // Names that PLC programmers use for the same.
    private static string? Meant(string word) => word.ToUpperInvariant() switch
    {
        "REAL" or "FLOAT" or "SINGLE" => "float32",
        "LREAL" or "DOUBLE" => "float64",
        "INT" or "SHORT" => "int16",
        "UINT" or "WORD" or "USHORT" => "uint16",
        "DINT" or "LONG" => "int32",
        "UDINT" or "DWORD" or "ULONG" => "uint32",
        "LINT" => "int64",
        "ULINT" or "LWORD" => "uint64",
        "BIT" or "BOOLEAN" => "bool",
        "BCD" => "bcd16",
        _ => null,
    };
}
