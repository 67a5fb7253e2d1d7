namespace EdgeAgent.Modbus.Client;

/// <summary>
/// Decides which requests may be sent on a line whose answers carry no transaction identifier, so that no value is ever
/// credited to the wrong register. Pure: it is told the time.
/// <para>
/// <b>The danger.</b> An RTU answer names its unit, function and byte count (its <see cref="AnswerShape"/>), not its
/// address. If the answer to "3 registers from 100" comes after its time-out, it is a perfect answer to "3 registers from
/// 200".
/// </para>
/// <para>
/// <b>The rule.</b> A shape is <i>in doubt</i> while an answer of that shape may still be under way. A shape in doubt
/// belongs to the address that was asked: only the very same request may be sent again, everything else of that shape
/// waits, or asks for another quantity. Doubt begins when a request ends without its answer, and lasts until
/// <c>horizon</c> after it was sent; asking again extends it, for then two answers are under way.
/// </para>
/// <para>
/// <b>The argument.</b> Suppose a frame F is credited to request B and is the answer to another request A at another
/// address. F has B's shape, so A had it too. A was sent before B and F came after B was sent. If A had ended without an
/// answer, its shape was in doubt for A's address when B was sent, unless more than <c>horizon</c> had passed, and F
/// came later still. If A had ended with an answer, then that frame G was credited to A. Either G was A's, and F is a
/// duplicate; or G was the answer to an earlier request of A's shape and, by this same argument, A's address, which was
/// in doubt when A was sent, so A's doubt continued. If A ended with a refusal while anything of its unit and function
/// was in doubt, the refusal may be another's, and A's shape stays in doubt. Hence F came later than <c>horizon</c>, or
/// is a duplicate. Nothing here assumes that answers keep their order.
/// </para>
/// <para>
/// <b>Duplicates.</b> A copy that follows within the silence before the next request is dropped there. One copy seen, or
/// any whole frame that nobody can have been waiting for, shows that the line repeats frames: from then on, for
/// <see cref="StrictTime"/>, every request puts its shape in doubt, answered or not, and the argument covers copies up
/// to <c>horizon</c> old. What remains assumed is only that the first copy ever on a line follows its original within
/// that silence, or arrives while no request of its shape waits.
/// </para>
/// </summary>
internal sealed class LateAnswerGuard(TimeSpan horizon)
{
    /// <summary>How long a line that repeated a frame is expected to do it again.</summary>
    public static readonly TimeSpan StrictTime = TimeSpan.FromMinutes(10);

    private readonly Dictionary<AnswerShape, Ownership> _shapes = [];
    private TimeSpan _strictUntil = TimeSpan.MinValue;

    /// <summary>Whether the line has lately repeated frames.</summary>
    public bool IsStrict(TimeSpan now) => now < _strictUntil;

    /// <summary>Whether <see cref="TryAsk"/> would say yes.</summary>
    public bool MayAsk(in AnswerShape shape, int address, TimeSpan now)
    {
        if (!_shapes.TryGetValue(shape, out var owner))
        {
            return true;
        }

        return now < owner.DoubtUntil
            ? owner.Address == address && owner.Waiting == Ownership.Nobody
            : owner.Waiting == Ownership.Nobody || owner.Waiting == address || now >= owner.DoubtUntil + horizon;
    }

    /// <summary>Registers a request that is about to be sent; false means that it must not be.</summary>
    public bool TryAsk(in AnswerShape shape, int address, TimeSpan now)
    {
        if (!_shapes.TryGetValue(shape, out var owner))
        {
            _shapes.Add(shape, owner = new());
        }
        else if (!MayAsk(shape, address, now))
        {
            // The first to be turned away is the next to be served, or a short interval would starve a long one.
            if (owner.Waiting == Ownership.Nobody)
            {
                owner.Waiting = address;
            }

            return false;
        }

        if (owner.Address != address)
        {
            owner.MixedUntil = owner.AskedAt + horizon;
        }

        var inDoubt = now < owner.DoubtUntil || IsStrict(now);
        owner.Address = address;
        owner.AskedAt = now;
        owner.Waiting = Ownership.Nobody;
        owner.DoubtUntil = inDoubt ? now + horizon : Ownership.LongAgo;
        return true;
    }

    /// <summary>The request ended without its answer: silence, garbage, or a broken connection.</summary>
    public void Unanswered(in AnswerShape shape)
    {
        var owner = _shapes[shape];
        owner.DoubtUntil = owner.AskedAt + horizon;
    }

    /// <summary>The request was refused, or so it seems.</summary>
    /// <returns>Whether the refusal can only have been its own.</returns>
    public bool Refused(in AnswerShape shape, TimeSpan now)
    {
        if (!IsAnyInDoubt(shape.Unit, shape.Function, now))
        {
            return true;
        }

        Unanswered(shape);
        return false;
    }

    /// <summary>A whole frame came that was not waited for.</summary>
    /// <returns>Whether it shows, for the first time in a while, that the line repeats frames.</returns>
    public bool Strayed(in AnswerShape frame, TimeSpan now)
    {
        var isExpected = frame.ByteCount == 0
            ? IsAnyInDoubt(frame.Unit, frame.Function, now)
            : _shapes.TryGetValue(frame, out var owner) && now < owner.DoubtUntil;
        if (isExpected)
        {
            return false;
        }

        var isNews = !IsStrict(now);
        _strictUntil = now + StrictTime;
        foreach (var known in _shapes.Values)
        {
            if (known.AskedAt + horizon > now)
            {
                known.DoubtUntil = known.AskedAt + horizon;
            }

            if (known.MixedUntil > now)
            {
                // Copies for two addresses may be under way: nobody may use the shape.
                known.Address = Ownership.Nobody;
            }
        }

        return isNews;
    }

    private bool IsAnyInDoubt(byte unit, ModbusFunction function, TimeSpan now)
    {
        foreach (var (shape, owner) in _shapes)
        {
            if (shape.Unit == unit && shape.Function == function && now < owner.DoubtUntil)
            {
                return true;
            }
        }

        return false;
    }

    // The last request of a shape. There are at most 125 register and 250 bit shapes a unit and function.
    private sealed class Ownership
    {
        public const int Nobody = -1;

        public static readonly TimeSpan LongAgo = TimeSpan.MinValue / 2;

        public int Address { get; set; } = Nobody;

        public TimeSpan AskedAt { get; set; } = LongAgo;

        public TimeSpan DoubtUntil { get; set; } = LongAgo;

        // Until then the address asked before this one may still matter.
        public TimeSpan MixedUntil { get; set; } = LongAgo;

        // The address turned away first, to be served first.
        public int Waiting { get; set; } = Nobody;
    }
}
