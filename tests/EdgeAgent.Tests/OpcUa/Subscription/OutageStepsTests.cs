using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Subscription;

namespace EdgeAgent.Tests.OpcUa.Subscription;

public sealed class OutageStepsTests
{
    [Fact]
    public void Without_trouble_a_new_session_ends_in_listening()
    {
        var step = OutageStep.Connect;
        List<OutageStep> steps = [];
        while (step != OutageStep.Listen)
        {
            step = OutageSteps.After(step, StepResult.Done);
            steps.Add(step);
        }

        Assert.Equal([OutageStep.Transfer, OutageStep.Republish, OutageStep.Create, OutageStep.Listen], steps);
    }

    [Fact]
    public void From_every_step_and_after_every_trouble_there_is_a_way_to_listening()
    {
        foreach (var start in Enum.GetValues<OutageStep>().Where(step => step != OutageStep.Poll))
        {
            foreach (var trouble in Enum.GetValues<StepResult>().Where(result => result != StepResult.NoSubscriptions))
            {
                var step = OutageSteps.After(start, trouble);
                for (var i = 0; i < 5 && step != OutageStep.Listen; i++)
                {
                    step = OutageSteps.After(step, StepResult.Done);
                }

                Assert.Equal(OutageStep.Listen, step);
            }
        }
    }

    [Theory]
    [InlineData((int)OutageStep.Listen)]
    [InlineData((int)OutageStep.Create)]
    [InlineData((int)OutageStep.Republish)]
    [InlineData((int)OutageStep.Transfer)]
    [InlineData((int)OutageStep.Reactivate)]
    public void A_lost_connection_keeps_the_session(int step) =>
        Assert.Equal(OutageStep.Reactivate, OutageSteps.After((OutageStep)step, StepResult.ConnectionLost));

    [Fact]
    public void A_session_that_was_never_had_cannot_be_kept() =>
        Assert.Equal(OutageStep.Connect, OutageSteps.After(OutageStep.Connect, StepResult.ConnectionLost));

    [Theory]
    [InlineData(StatusCodes.BadSessionIdInvalid, (int)StepResult.SessionGone)]
    [InlineData(StatusCodes.BadSessionClosed, (int)StepResult.SessionGone)]
    [InlineData(StatusCodes.BadNotConnected, (int)StepResult.ConnectionLost)]
    [InlineData(StatusCodes.BadTimeout, (int)StepResult.ConnectionLost)]
    [InlineData(StatusCodes.BadCertificateUntrusted, (int)StepResult.SessionGone)]
    [InlineData(StatusCodes.BadSecurityChecksFailed, (int)StepResult.SessionGone)]
    public void A_session_is_given_up_when_the_server_answers_without_it(uint status, int result) =>
        Assert.Equal((StepResult)result, OutageSteps.ResultOf(OutageStep.Reactivate, status));

    [Fact]
    public void A_server_without_subscriptions_is_polled() => Assert.Equal(
        OutageStep.Poll,
        OutageSteps.After(
            OutageStep.Create, OutageSteps.ResultOf(OutageStep.Create, StatusCodes.BadServiceUnsupported)));
}
