namespace EdgeAgent.Sources.OpcUa;

/// <summary>What one response brought, counted on the way through it.</summary>
internal struct TakenValues
{
    public int Count;
    public int Bad;
    public int Overflows;
    public int Unfit;
}
