namespace EdgeAgent.OpcUa.Binary;

/// <summary>A text with its language (Part 3, 8.5), for example ("zh-CN", "空压机").</summary>
public readonly record struct LocalizedText(string? Locale, string? Text)
{
    public override string ToString() => Text ?? "";
}
