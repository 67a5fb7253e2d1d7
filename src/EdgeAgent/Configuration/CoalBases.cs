using EdgeAgent.Configuration.Reading;
using EdgeAgent.Core.Kpi;

namespace EdgeAgent.Configuration;

internal static class CoalBases
{
    public static readonly Choices<CoalBasis> Words = new(
        (CoalBasis.Calorific, ["calorific", "当量值"]),
        (CoalBasis.Equivalent, ["equivalent", "等价值"]));
}
