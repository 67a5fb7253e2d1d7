namespace EdgeAgent.Configuration.Reading;

/// <summary>Where something stands: a byte of a file, or the file as a whole.</summary>
internal readonly record struct Place(SourceFile File, int Offset)
{
    public const int WholeFile = -1;

    /// <summary>Line from 1, or 0 for the file as a whole.</summary>
    public int Line => Offset == WholeFile ? 0 : File.PositionOf(Offset).Line;

    /// <summary>For a reference to this place in a sentence about another: "tags.csv:12".</summary>
    public override string ToString() => Offset == WholeFile ? File.Name : $"{File.Name}:{Line}";
}
