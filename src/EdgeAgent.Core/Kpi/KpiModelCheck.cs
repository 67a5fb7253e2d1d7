namespace EdgeAgent.Core.Kpi;

/// <summary>
/// What must hold in a model before anything is computed with it. The configuration reports the same faults with file
/// and line; this is the last guard.
/// </summary>
internal static class KpiModelCheck
{
    public static void ThrowIfInvalid(KpiModel model)
    {
        Unique(model.Ledger.Select(device => device.Id), "devices in the ledger");
        Unique(model.Tags.Select(tag => tag.Id), "tags");
        Unique(model.WorkUnits.Select(unit => unit.DeviceId), "work units");
        Unique(model.StateRules.Select(rule => rule.Name), "state rules");
        Unique(model.Products.Select(product => product.Id), "products");
        Unique(model.Meters.Select(meter => meter.Id), "meters");
        var devices = model.Ledger.Select(device => device.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var unit in model.WorkUnits)
        {
            Require(devices.Contains(unit.DeviceId), $"Work unit '{unit.DeviceId}' is not in the ledger.");
            Require(unit.CounterModulus is null or > 1, $"Work unit '{unit.DeviceId}': a counter modulus is above 1.");
        }

        foreach (var product in model.Products)
        {
            Require(
                product.PlannedRunTime is null || product.PlannedRunTime > Numbers.Fraction.Zero,
                $"Product '{product.Id}': a planned run time is above 0.");
        }

        var parents = model.Meters.ToDictionary(meter => meter.Id, meter => meter.Parent, StringComparer.Ordinal);
        foreach (var meter in model.Meters)
        {
            Require(
                meter.Parent is null || parents.ContainsKey(meter.Parent),
                $"Meter '{meter.Id}' hangs below '{meter.Parent}', which is not there.");
        }

        foreach (var meter in model.Meters)
        {
            var steps = 0;
            for (var parent = meter.Parent; parent is not null; parent = parents[parent])
            {
                Require(++steps <= model.Meters.Length, $"Meter '{meter.Id}' hangs below itself.");
            }
        }

        var parameters = model.Parameters;
        Require(
            parameters.MicroStop >= TimeSpan.Zero && parameters.MicroStop <= KpiParameters.MicroStopMax,
            $"A micro-stop is 0 to {KpiParameters.MicroStopMax:c}.");
        Require(parameters.HoldIntervals >= 1, "A value holds for at least one interval.");
        Require(parameters.LateAllowance >= TimeSpan.Zero, "A late allowance is not negative.");
        Require(
            parameters is { CoverageFloor: >= 0, CoverageFull: <= 1 }
                && parameters.CoverageFloor <= parameters.CoverageFull,
            "Coverage thresholds are 0 to 1, the floor at most the full one.");
        Require(parameters.QualifiedShare is >= 0 and <= 1, "The qualified share is 0 to 1.");
        Require(
            parameters.EvidenceWindow >= TimeSpan.FromMinutes(1) && parameters.EvidenceWindow <= TimeSpan.FromDays(400),
            "The evidence window is one minute to 400 days.");
    }

    private static void Unique(IEnumerable<string> ids, string what)
    {
        var twice = ids.GroupBy(id => id, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        Require(twice is null, $"Two {what} are called '{twice?.Key}'.");
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new ArgumentException(message);
        }
    }
}
