namespace EdgeAgent.OpcUa.Binary;

/// <summary>A name in a namespace of the session (Part 3, 8.3).</summary>
public readonly record struct QualifiedName(ushort NamespaceIndex, string? Name)
{
    public override string ToString() => NamespaceIndex == 0 ? Name ?? "" : $"{NamespaceIndex}:{Name}";
}
