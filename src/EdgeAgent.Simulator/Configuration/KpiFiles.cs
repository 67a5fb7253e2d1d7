using System.Globalization;
using EdgeAgent.Simulator.Registers;
using EdgeAgent.Simulator.Script;

namespace EdgeAgent.Simulator.Configuration;

/// <summary>The kpi folder: which tags make which figures.</summary>
internal static class KpiFiles
{
    public static string WorkUnits(PlantScript script)
    {
        var csv = new CsvText(
            "device", "state_tag", "state_rule", "produced_tag", "good_tag", "scrap_tag", "rework_tag",
            "counter_modulus", "product", "product_tag");
        foreach (var machine in script.Machines)
        {
            var definition = machine.Definition;
            var onlyProduct = definition.Cycles.Count == 1 ? definition.Cycles[0].Product : null;
            csv.Row(
                machine.Id,
                Tag(MachinePoints.State),
                RuleOf(definition.Kind),
                Tag(MachinePoints.Produced),
                definition.HasGoodCounter ? Tag(MachinePoints.Good) : "",
                Tag(MachinePoints.Scrap),
                definition.HasReworkCounter ? Tag(MachinePoints.Rework) : "",
                (1L << definition.CounterBits).ToString(CultureInfo.InvariantCulture),
                onlyProduct?.Code.ToString(CultureInfo.InvariantCulture) ?? "",
                onlyProduct is null ? Tag(MachinePoints.Product) : "");

            string Tag(string point) => LedgerFiles.TagOf(machine.Id, point);
        }

        return csv.ToString();
    }

    public static string StateRules() => JsonText.Object(json => json.Array(
        "rules", Plant.Machines.DistinctBy(machine => RuleOf(machine.Kind)), machine =>
        {
            json.WriteString("name", RuleOf(machine.Kind));
            json.WriteString("version", "1");
            json.WriteStartObject("map");
            foreach (var (state, codes) in machine.Codes)
            {
                foreach (var code in codes)
                {
                    json.WriteString(code.ToString(CultureInfo.InvariantCulture), ElementOf(state));
                }
            }

            json.WriteEndObject();
        }));

    public static string Meters(PlantScript script)
    {
        var csv = new CsvText("meter", "tag", "carrier", "modulus", "parent", "coefficient", "basis", "source");
        foreach (var meter in script.Meters)
        {
            var definition = meter.Definition;
            var (carrier, basis, source) = definition.Carrier switch
            {
                Carrier.Electricity => ("electricity", "calorific", "GB/T 2589-2020"),
                Carrier.NaturalGas => ("natural-gas", "", "供气合同化验单"),
                _ => ("water", "", ""),
            };
            var coal = PlantScript.CoalOf(definition.Carrier);
            csv.Row(
                definition.Id,
                LedgerFiles.TagOf(definition.Id, MeterPoints.Total),
                carrier,
                ModulusOf(definition),
                definition.Parent ?? "",
                coal == 0 ? "" : coal.ToString(CultureInfo.InvariantCulture),
                basis,
                source);
        }

        return csv.ToString();
    }

    public static string Parameters() => JsonText.Object(json =>
    {
        json.WriteString("coalBasis", "calorific");
        json.WriteString("defectPolicy", "first-pass");
    });

    /// <summary>Where the reading rolls over, in kWh or m3.</summary>
    private static string ModulusOf(MeterDefinition meter) => "1" + new string('0', meter.Digits - meter.Decimals);

    private static string RuleOf(MachineKind kind) => kind switch
    {
        MachineKind.Cnc => "cnc-states",
        MachineKind.Packer => "packer-states",
        _ => "plc-states",
    };

    private static string ElementOf(MachineState state) => state switch
    {
        MachineState.Production => "production",
        MachineState.Setup => "setup",
        MachineState.Delay => "delay",
        _ => "down", // Maintenance is down time where it lies outside the planned window.
    };
}
