namespace EdgeAgent.Core.Model;

/// <summary>How the 64 value bits of a sample are read. One kind for a tag's life; the numbers are stored.</summary>
public enum ValueKind : byte
{
    /// <summary>IEEE 754 binary64.</summary>
    Float64 = 1,

    /// <summary>Two's complement.</summary>
    Int64 = 2,

    /// <summary>0 or 1.</summary>
    Boolean = 3,

    /// <summary>Index into the texts of the batch, or -1 for none.</summary>
    Text = 4,
}
