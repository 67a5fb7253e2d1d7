namespace EdgeAgent.Commands.Demo;

/// <param name="Duration">How long it runs, in real time.</param>
/// <param name="Speed">How many plant seconds pass in a real one, 1 to <see cref="SpeedMax"/>.</param>
/// <param name="Folder">Where it keeps its data; null for a temporary folder that is removed at the end.</param>
/// <param name="Json">Whether the result is one line of JSON.</param>
internal sealed record DemoSettings(TimeSpan Duration, int Speed, string? Folder, bool Json)
{
    /// <summary>Ten plant minutes in one: long enough for stops, rejects and rollovers to happen.</summary>
    public const int SpeedDefault = 10;

    /// <summary>Beyond this a pause of the machine of a few dozen milliseconds is seconds of the plant.</summary>
    public const int SpeedMax = 60;

    /// <summary>The plant's maintenance and entries are written out in advance: for days, not for years.</summary>
    public static readonly TimeSpan DurationMax = TimeSpan.FromHours(2);

    public static readonly TimeSpan DurationDefault = TimeSpan.FromSeconds(60);
}
