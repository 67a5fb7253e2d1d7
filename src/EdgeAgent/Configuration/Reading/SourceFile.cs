using System.Text;

namespace EdgeAgent.Configuration.Reading;

/// <summary>
/// The bytes of one file and where its lines begin. <see cref="Content"/> is valid UTF-8 without a byte order mark, or
/// empty if the file was not fit to be read.
/// </summary>
internal sealed class SourceFile(string name, ReadOnlyMemory<byte> content, SourceFileState state)
{
    private List<int>? _lineStarts;

    /// <summary>Path inside the folder, with forward slashes.</summary>
    public string Name { get; } = name;

    public ReadOnlyMemory<byte> Content { get; } = content;

    public SourceFileState State { get; } = state;

    /// <summary>The file as a whole, for what no line can be blamed for.</summary>
    public Place Whole => new(this, Place.WholeFile);

    /// <summary>Line and column, from 1, of a byte. Columns are characters as an editor counts them.</summary>
    public (int Line, int Column) PositionOf(int offset)
    {
        _lineStarts ??= FindLineStarts();
        var index = _lineStarts.BinarySearch(offset);
        var line = index >= 0 ? index : ~index - 1;
        var start = _lineStarts[line];
        var column = 1;
        foreach (var _ in Encoding.UTF8.GetString(Content.Span[start..offset]).EnumerateRunes())
        {
            column++;
        }

        return (line + 1, column);
    }

    // A line ends with LF, CR LF or a lone CR.
    private List<int> FindLineStarts()
    {
        List<int> starts = [0];
        var bytes = Content.Span;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '\n' || (bytes[i] == '\r' && (i + 1 == bytes.Length || bytes[i + 1] != '\n')))
            {
                starts.Add(i + 1);
            }
        }

        return starts;
    }
}
