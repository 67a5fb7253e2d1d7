using System.Diagnostics;

namespace EdgeAgent.SystemTests.Peers;

/// <summary>Waits for conditions, with a limit so generous that only a broken thing meets it.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static Task TrueAsync(Func<bool> condition, Func<string>? state = null, TimeSpan? limit = null) =>
        TrueAsync(() => Task.FromResult(condition()), state, limit);

    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string>? state = null, TimeSpan? limit = null)
    {
        var most = limit ?? Limit;
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(clock.Elapsed < most, $"Still not so after {most.TotalSeconds} s. {state?.Invoke()}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
