namespace EdgeAgent.Simulator.Script;

/// <summary>What a machine makes.</summary>
/// <param name="Code">The number in the machine's product register, and the product's name in products.csv.</param>
/// <param name="Name">Chinese name.</param>
/// <param name="PlannedRunTime">Planned run time per item (PRI), in seconds.</param>
/// <param name="PriceYuan">Output value of one good item in yuan; 1 yuan is 0.0001 万元.</param>
public sealed record Product(ushort Code, string Name, Fraction PlannedRunTime, long PriceYuan);
