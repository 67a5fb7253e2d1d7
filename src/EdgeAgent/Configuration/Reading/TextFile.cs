using System.Text;
using System.Text.Unicode;

namespace EdgeAgent.Configuration.Reading;

/// <summary>
/// Decides whether bytes are a text file of ours: UTF-8, with or without a byte order mark, without NUL. What else a
/// spreadsheet program may have saved under the name is recognised, so that the message says how to save it.
/// </summary>
internal static class TextFile
{
    private static readonly Bilingual SaveAsUtf8 =
        ("另存为 UTF-8（表格软件选“CSV UTF-8（逗号分隔）”）", "save as UTF-8 (in a spreadsheet: \"CSV UTF-8 (comma delimited)\")");

    private static readonly Bilingual SaveAsCsv =
        ("用表格软件打开，另存为“CSV UTF-8（逗号分隔）”；只改扩展名不行",
            "open it in the spreadsheet program and save as \"CSV UTF-8 (comma delimited)\"; " +
            "renaming does not convert");

    public static SourceFile Decode(string name, ReadOnlyMemory<byte> bytes, Findings findings)
    {
        var span = bytes.Span;
        if (span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            bytes = bytes[3..];
            span = bytes.Span;
        }

        var file = new SourceFile(name, bytes, SourceFileState.Present);
        if (Objection(span) is not var (offset, message, remedy))
        {
            return file;
        }

        findings.Error(new Place(file, offset), message, remedy);
        return new SourceFile(name, default, SourceFileState.Unreadable);
    }

    // Why the bytes are no text of ours, and from which of them on; null if they are.
    private static (int Offset, Bilingual Message, Bilingual Remedy)? Objection(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("PK\u0003\u0004"u8))
        {
            return (Place.WholeFile, ("这是 xlsx 工作簿，不是文本", "this is an xlsx workbook, not text"), SaveAsCsv);
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
        {
            return (Place.WholeFile, ("这是 xls 工作簿，不是文本", "this is an xls workbook, not text"), SaveAsCsv);
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return (Place.WholeFile, ("这是 UTF-16 编码，不是 UTF-8", "this is UTF-16, not UTF-8"), SaveAsUtf8);
        }

        if (bytes.IndexOf((byte)0) is >= 0 and var nul)
        {
            return (nul, ("文件里有空字符 (NUL)", "a NUL character"),
                ("文件可能已损坏，用备份替换", "the file is probably damaged; restore it"));
        }

        if (Utf8.IsValid(bytes))
        {
            return null;
        }

        return LooksLikeGb18030(bytes)
            ? (FirstInvalid(bytes), ("文件是 GBK/GB18030 编码，不是 UTF-8", "the file is saved in GBK/GB18030, not in UTF-8"),
                SaveAsUtf8)
            : (FirstInvalid(bytes), ("从这里起不是 UTF-8", "not UTF-8 from here on"), SaveAsUtf8);
    }

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out var consumed) == System.Buffers.OperationStatus.Done)
        {
            at += consumed;
        }

        return at;
    }

    // GB 18030-2022, 4.2: one byte 00-7F; two bytes 81-FE, 40-7E or 80-FE; four bytes 81-FE, 30-39, 81-FE, 30-39.
    private static bool LooksLikeGb18030(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length;)
        {
            if (bytes[i] < 0x80)
            {
                i++;
            }
            else if (bytes[i] is 0x80 or 0xFF || i + 1 >= bytes.Length)
            {
                return false;
            }
            else if (bytes[i + 1] is (>= 0x40 and <= 0x7E) or (>= 0x80 and <= 0xFE))
            {
                i += 2;
            }
            else if (i + 3 < bytes.Length && bytes[i + 1] is >= 0x30 and <= 0x39 &&
                bytes[i + 2] is >= 0x81 and <= 0xFE && bytes[i + 3] is >= 0x30 and <= 0x39)
            {
                i += 4;
            }
            else
            {
                return false;
            }
        }

        return true;
    }
}
