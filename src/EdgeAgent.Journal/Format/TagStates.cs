using EdgeAgent.Core.Model;

namespace EdgeAgent.Journal.Format;

/// <summary>
/// What writer and reader of a run both know of each tag from the rows before: the "state" of the format.
/// </summary>
internal sealed class TagStates
{
    public const int NoTag = -1;

    public TagStates(TagTable tags)
    {
        Kinds = new ValueKind[tags.Count];
        for (var i = 0; i < Kinds.Length; i++)
        {
            Kinds[i] = tags[i].Kind;
        }

        Bits = new long[tags.Count];
        Steps = new long[tags.Count];
        Forms = new FloatForm[tags.Count];
        Followers = new int[tags.Count + 1];
        Texts = Kinds.Contains(ValueKind.Text) ? new string?[tags.Count] : [];
        Reset();
    }

    public ValueKind[] Kinds { get; }

    public bool HasTexts => Texts.Length > 0;

    public long[] Bits { get; }

    /// <summary>The last difference of an Int64, the last number of units of a Float64.</summary>
    public long[] Steps { get; }

    public FloatForm[] Forms { get; }

    /// <summary>The tag that came after tag i the last time is at i + 1; at 0 the one that starts a run.</summary>
    public int[] Followers { get; }

    /// <summary>Empty where the table has no text tag.</summary>
    public string?[] Texts { get; }

    public int LastTag { get; set; }

    public long SourceTicks { get; set; }

    public long ServerTicks { get; set; }

    public long GatewayTicks { get; set; }

    public void Reset()
    {
        Array.Clear(Bits);
        Array.Clear(Steps);
        Array.Clear(Forms);
        Array.Clear(Texts);
        for (var i = 0; i < Followers.Length; i++)
        {
            Followers[i] = i;
        }

        LastTag = NoTag;
        SourceTicks = ServerTicks = GatewayTicks = 0;
    }
}
