using System.Globalization;
using EdgeAgent.Simulator.Script;

namespace EdgeAgent.Simulator.Configuration;

/// <summary>entries.csv: the output value of every minute, which tiles any window of whole minutes exactly.</summary>
internal static class EntriesFile
{
    // The catalogue's name of 工业总产值.
    private const string OutputValue = "gross-industrial-output-value";

    public static string Write(PlantConfiguration plant)
    {
        var csv = new CsvText("indicator", "from", "to", "value", "unit", "document", "entered_by", "entered_at");
        for (var minute = plant.EntriesFromMinute; minute < plant.EntriesToMinute; minute++)
        {
            var (from, to) = (minute * PlantTime.Minute, (minute + 1) * PlantTime.Minute);
            csv.Row(
                OutputValue,
                plant.Local(from),
                plant.Local(to),
                plant.Script.OutputValue(minute).ToString("0.0000", CultureInfo.InvariantCulture),
                "万元",
                string.Create(CultureInfo.InvariantCulture, $"产值日报-{minute + 1:00000}"),
                "统计员",
                plant.Local(to));
        }

        return csv.ToString();
    }
}
