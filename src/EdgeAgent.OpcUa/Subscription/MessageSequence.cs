namespace EdgeAgent.OpcUa.Subscription;

/// <summary>
/// The numbers of one subscription's notification messages (Part 4, 7.26 and 5.14.1.1): from 1, each one more, after
/// 4,294,967,295 comes 1 again. A keep-alive has the number of the message that comes next. Decides only; no messages
/// here.
/// </summary>
internal sealed class MessageSequence
{
    // 0 is not used, so numbers go round in 2^32 - 1 steps.
    private const ulong Round = uint.MaxValue;

    // Nearer ahead than half a round is ahead, all else behind.
    private const ulong AheadMax = Round / 2;

    private uint? _seen;

    /// <summary>The number that comes next in order.</summary>
    public uint Next { get; private set; } = 1;

    /// <summary>The newest number that is known to exist, or the next one if none is.</summary>
    public uint Newest => _seen is { } seen && Ahead(seen) ? seen : Next;

    /// <summary>How many messages before the newest known one have neither come nor been given up.</summary>
    public ulong Missing => _seen is { } seen && Ahead(seen) ? Distance(Next, seen) : 0;

    /// <summary>What to do with a message.</summary>
    public SequenceVerdict Judge(uint number)
    {
        // Not a number of the specification: nothing can be said about its order, so nothing is lost for it.
        if (number == 0)
        {
            return SequenceVerdict.Unordered;
        }

        if (number == Next)
        {
            return SequenceVerdict.InOrder;
        }

        if (!Ahead(number))
        {
            return SequenceVerdict.Duplicate;
        }

        See(number);
        return SequenceVerdict.Early;
    }

    /// <summary>A keep-alive, or the server's word that a message exists: everything before it must come.</summary>
    public void Announce(uint next)
    {
        if (next != 0 && Ahead(next))
        {
            See(next);
        }
    }

    /// <summary>The next message was delivered or given up.</summary>
    public void Advance()
    {
        Next = Successor(Next);
        if (_seen is { } seen && !Ahead(seen))
        {
            _seen = null;
        }
    }

    /// <summary>Gives up all messages before this one.</summary>
    public void SkipTo(uint number)
    {
        Next = number;
        if (_seen is { } seen && !Ahead(seen))
        {
            _seen = null;
        }
    }

    /// <summary>Whether a number lies after <see cref="Next"/>.</summary>
    public bool Ahead(uint number) => Distance(Next, number) is > 0 and <= AheadMax;

    public static uint Successor(uint number) => number == uint.MaxValue ? 1 : number + 1;

    /// <summary>Steps from one number up to another.</summary>
    public static ulong Distance(uint from, uint to) => ((ulong)to + Round - from) % Round;

    private void See(uint number)
    {
        if (_seen is not { } seen || Distance(Next, number) > Distance(Next, seen))
        {
            _seen = number;
        }
    }
}
