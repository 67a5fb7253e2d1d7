using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Tests.Kpi;

/// <summary>The examples of the networking rate, each as a ledger with samples.</summary>
public sealed class NetworkingVectorTests
{
    private static readonly KpiParameters Window = new() { EvidenceWindow = TimeSpan.FromHours(10) };

    [Fact]
    public void Net_01_the_rate_follows_from_the_counts_not_from_what_was_declared()
    {
        var vector = KpiVectors.Find("net-01");
        var run = Plant((int)vector.Int("keyEquipment"), _ => (EquipmentClass.Plain, true));
        Connect(run, (int)vector.Int("networked"), _ => 10);

        vector.Expects("networkingRate", Rate(run, KpiCatalogue.KeyEquipmentNetworking).Value);
    }

    [Fact]
    public void Net_02_all_devices()
    {
        var vector = KpiVectors.Find("net-02");
        var run = Plant(7, _ => (EquipmentClass.Digital, true));
        Connect(run, 7, _ => 10);

        vector.Expects("networkingRate", Rate(run, KpiCatalogue.KeyEquipmentNetworking).Value);
    }

    [Fact]
    public void Net_05_one_plant_has_three_rates()
    {
        var vector = KpiVectors.Find("net-05");
        var (digital, key) = ((int)vector.Int("digitalEquipment"), (int)vector.Int("keyEquipment"));
        var run = Plant(
            (int)vector.Int("allEquipment"),
            i => (i < digital ? EquipmentClass.Automated : EquipmentClass.Plain, i < key));
        Connect(run, (int)vector.Int("networkedAll"), _ => 10);

        vector.Expects("workshopForm_networkedShare", Rate(run, KpiCatalogue.DigitalEquipmentNetworking).Value);
        vector.Expects("sme2024_networkingRate", Rate(run, KpiCatalogue.EquipmentNetworking).Value);
        vector.Expects("keyEquipmentNetworkingRate", Rate(run, KpiCatalogue.KeyEquipmentNetworking).Value);
    }

    [Fact]
    public void Net_06_an_empty_ledger_is_null()
    {
        var vector = KpiVectors.Find("net-06");
        var result = Rate(Plant(3, _ => (EquipmentClass.Plain, false)), KpiCatalogue.KeyEquipmentNetworking);

        vector.Expects("networkingRate", result.Value);
        Assert.Equal(KpiStatus.Null, result.Status);
        Assert.Equal("no such device in the ledger", result.Value.NullReason);
    }

    [Fact]
    public void Net_08_three_levels_of_evidence()
    {
        var vector = KpiVectors.Find("net-08");
        var (evidenced, qualified) = ((int)vector.Int("everGood"), (int)vector.Int("goodShareAtLeast80pct"));
        var run = Plant((int)vector.Int("ledgerKeyEquipment"), _ => (EquipmentClass.Plain, true));

        // Exactly 80 % of the window is enough, a second less is not.
        Connect(run, evidenced, i => i < qualified ? 8 : 8 - (1 / 3600.0));
        run.Add("d9.run", Some.At(0), 1, StatusCode.BadTimeout);
        var result = Rate(run, KpiCatalogue.KeyEquipmentNetworking);

        vector.Expects("configuredRate", result.Parts[0]);
        vector.Expects("evidencedRate", result.Parts[1]);
        vector.Expects("qualifiedRate", result.Parts[2]);
        vector.Expects("evidencedRate", result.Value);
        Assert.Contains("'d9'", Assert.Single(result.Reasons));
    }

    private static KpiResult Rate(KpiRun run, KpiDefinition kpi) => run.Compute(kpi, Some.At(9), Some.At(10));

    private static KpiRun Plant(int count, Func<int, (EquipmentClass Class, bool IsKey)> device) => new(new()
    {
        Calendar = new(),
        Ledger =
        [
            .. Enumerable.Range(0, count).Select(i => new LedgerDevice
            {
                Id = $"d{i}", Source = "line", Class = device(i).Class, IsKey = device(i).IsKey,
            }),
        ],
        Tags = [.. Enumerable.Range(0, count).Select(i => Some.Tag($"d{i}", "run"))],
        Parameters = Window,
    });

    private static void Connect(KpiRun run, int count, Func<int, double> hours)
    {
        for (var i = 0; i < count; i++)
        {
            run.Add($"d{i}.run", Some.At(0), 1).Lose($"d{i}", Some.At(hours(i)), Some.At(20));
        }
    }
}
