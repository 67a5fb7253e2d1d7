namespace EdgeAgent.Configuration.Reading;

/// <summary>A key and its value.</summary>
internal sealed record JsonMember(string Name, Place Place, JsonItem Value);
