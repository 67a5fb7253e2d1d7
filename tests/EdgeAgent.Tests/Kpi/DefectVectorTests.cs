using EdgeAgent.Core.Kpi;

namespace EdgeAgent.Tests.Kpi;

/// <summary>The examples of the defect rate, each as counters.</summary>
public sealed class DefectVectorTests
{
    [Theory]
    [InlineData("df-01", "produced", "reject", "rate")]
    [InlineData("df-02", "produced", "defective", "rate")]
    [InlineData("df-07", "units", "defectiveUnits", "defectiveRate")]
    public void Df_01_02_and_07_rejects_over_produced(string id, string produced, string rejects, string expected)
    {
        var vector = KpiVectors.Find(id);
        var result = Rate(DefectPolicy.FirstPass, vector.Int(produced), vector.Int(rejects), 0, 0);

        vector.Expects(expected, result.Value);
        Assert.True(result.Status == KpiStatus.Ok, string.Join('\n', result.Reasons));
    }

    [Fact]
    public void Df_08_first_pass_and_final()
    {
        var vector = KpiVectors.Find("df-08");
        var expected = vector.GetProperty("expected");
        var first = Rate(
            DefectPolicy.FirstPass, vector.Int("total"), vector.Int("scrapped"), vector.Int("reworked"), 0);
        var final = Rate(DefectPolicy.Final, vector.Int("total"), vector.Int("scrapped"), vector.Int("reworked"), 0);

        KpiVectors.Same(expected.GetProperty("fpy"), 1 - (first.Value.Exact!.Value / 100), "fpy");
        KpiVectors.Same(expected.GetProperty("finalPass"), 1 - (final.Value.Exact!.Value / 100), "finalPass");
    }

    [Fact]
    public void Df_13_the_policy_decides()
    {
        var vector = KpiVectors.Find("df-13");
        KpiResult Of(DefectPolicy policy) => Rate(
            policy, vector.Int("PQ"), vector.Int("scrap"), vector.Int("rework"), vector.Int("reworkScrapped"));

        vector.Expects("firstPassDefectRate", Of(DefectPolicy.FirstPass).Value);
        vector.Expects("finalDefectRate", Of(DefectPolicy.Final).Value);
        Assert.NotEqual(Of(DefectPolicy.FirstPass).Policy, Of(DefectPolicy.Final).Policy);
    }

    private static KpiResult Rate(DefectPolicy policy, long produced, long scrap, long rework, long reworkScrap)
    {
        var machine = Some.Machine();
        var run = new KpiRun(machine with
        {
            Tags = [.. machine.Tags, Some.Tag("m", "rework"), Some.Tag("m", "late-scrap")],
            WorkUnits = [machine.WorkUnits[0] with { ReworkTag = "m.rework", ReworkScrapTag = "m.late-scrap" }],
            Parameters = new() { DefectPolicy = policy },
        });
        foreach (var (tag, count) in (ReadOnlySpan<(string, long)>)[
            ("m.produced", produced), ("m.scrap", scrap), ("m.rework", rework), ("m.late-scrap", reworkScrap)])
        {
            run.Add(tag, Some.At(0), 1_200).Add(tag, Some.At(3), 1_200 + (count / 2))
                .Add(tag, Some.At(8), 1_200 + count);
        }

        return run.Compute(KpiCatalogue.DefectRate, Some.At(0), Some.At(8));
    }
}
