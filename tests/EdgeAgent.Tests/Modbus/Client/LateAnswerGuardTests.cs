using EdgeAgent.Modbus;
using EdgeAgent.Modbus.Client;

namespace EdgeAgent.Tests.Modbus.Client;

/// <summary>Each clause of the guard's argument by itself. Times are seconds; the horizon is ten.</summary>
public sealed class LateAnswerGuardTests
{
    private static readonly AnswerShape Shape = new(1, ModbusFunction.ReadHoldingRegisters, 4);
    private static readonly AnswerShape Other = Shape with { ByteCount = 6 };
    private static readonly AnswerShape Refusal = Shape with { ByteCount = 0 };

    private readonly LateAnswerGuard _guard = new(At(10));

    [Fact]
    public void While_all_is_answered_nothing_is_held_back()
    {
        for (var second = 0; second < 100; second++)
        {
            Assert.True(_guard.TryAsk(Shape, second % 3, At(second)));
        }
    }

    [Fact]
    public void After_a_silence_the_shape_belongs_to_its_address_until_the_horizon()
    {
        Assert.True(_guard.TryAsk(Shape, 100, At(0)));
        _guard.Unanswered(Shape);
        Assert.True(_guard.MayAsk(Shape, 100, At(9)));
        Assert.False(_guard.MayAsk(Shape, 200, At(9)));
        Assert.True(_guard.MayAsk(Other, 200, At(9)));
        Assert.True(_guard.MayAsk(Shape with { Unit = 2 }, 200, At(9)));
        Assert.True(_guard.MayAsk(Shape, 200, At(10)));
    }

    [Fact]
    public void Asking_again_extends_the_doubt_even_if_that_is_answered()
    {
        _guard.TryAsk(Shape, 100, At(0));
        _guard.Unanswered(Shape);
        Assert.True(_guard.TryAsk(Shape, 100, At(8)));
        Assert.False(_guard.MayAsk(Shape, 200, At(17)));
        Assert.True(_guard.MayAsk(Shape, 200, At(18)));
    }

    [Fact]
    public void A_refusal_in_doubt_may_be_another_ones_and_keeps_the_doubt()
    {
        _guard.TryAsk(Other, 100, At(0));
        _guard.Unanswered(Other);
        _guard.TryAsk(Shape, 200, At(5));
        Assert.False(_guard.Refused(Shape, At(6)));
        Assert.False(_guard.MayAsk(Shape, 300, At(14)));
        Assert.True(_guard.MayAsk(Shape, 300, At(15)));
    }

    [Fact]
    public void A_refusal_without_doubt_is_its_own()
    {
        _guard.TryAsk(Shape, 200, At(5));
        Assert.True(_guard.Refused(Shape, At(6)));
        Assert.True(_guard.MayAsk(Shape, 300, At(6)));
    }

    [Fact]
    public void Who_is_turned_away_first_is_served_next_however_often_the_owner_asks()
    {
        _guard.TryAsk(Shape, 100, At(0));
        _guard.Unanswered(Shape);
        Assert.False(_guard.TryAsk(Shape, 200, At(1)));
        Assert.False(_guard.TryAsk(Shape, 100, At(2)));
        Assert.False(_guard.TryAsk(Shape, 100, At(11)));
        Assert.True(_guard.TryAsk(Shape, 200, At(12)));
        Assert.True(_guard.TryAsk(Shape, 100, At(13)));
    }

    [Fact]
    public void A_place_that_is_not_taken_is_given_up()
    {
        _guard.TryAsk(Shape, 100, At(0));
        _guard.Unanswered(Shape);
        Assert.False(_guard.TryAsk(Shape, 200, At(1)));
        Assert.True(_guard.TryAsk(Shape, 100, At(20)));
    }

    [Fact]
    public void A_late_answer_that_was_expected_is_no_repetition()
    {
        _guard.TryAsk(Shape, 100, At(0));
        _guard.Unanswered(Shape);
        Assert.False(_guard.Strayed(Shape, At(2)));
        Assert.False(_guard.Strayed(Refusal, At(2)));
        Assert.False(_guard.IsStrict(At(2)));
    }

    [Fact]
    public void A_line_that_repeats_frames_puts_every_request_in_doubt()
    {
        _guard.TryAsk(Shape, 100, At(0));
        Assert.True(_guard.Strayed(Shape, At(1)));
        Assert.False(_guard.MayAsk(Shape, 200, At(9)));
        Assert.True(_guard.TryAsk(Other, 100, At(2)));
        Assert.False(_guard.MayAsk(Other, 200, At(11)));
        Assert.True(_guard.MayAsk(Other, 100, At(11)));
        Assert.False(_guard.Strayed(Shape, At(20)), "It is not news.");
        Assert.True(_guard.IsStrict(At(20) + LateAnswerGuard.StrictTime - At(1)));
        Assert.False(_guard.IsStrict(At(20) + LateAnswerGuard.StrictTime));
    }

    [Fact]
    public void Copies_for_two_addresses_leave_the_shape_to_nobody()
    {
        _guard.TryAsk(Shape, 100, At(0));
        _guard.TryAsk(Shape, 200, At(1));
        _guard.Strayed(Shape, At(2));
        Assert.False(_guard.MayAsk(Shape, 100, At(10)));
        Assert.False(_guard.MayAsk(Shape, 200, At(10)));
        Assert.True(_guard.MayAsk(Shape, 200, At(11)));
    }

    private static TimeSpan At(int second) => TimeSpan.FromSeconds(second);
}
