using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace EdgeAgent.Web;

/// <summary>
/// Renders the instruments of one meter in the Prometheus text exposition format 0.0.4:
/// <code>
/// # HELP edgeagent_samples_durable_total Samples whose fsync has returned.
/// # TYPE edgeagent_samples_durable_total counter
/// edgeagent_samples_durable_total{source="furnaces"} 1024
/// </code>
/// Only observable counters and gauges of whole numbers are used in this product; they are read when asked for, so a
/// scrape costs the data path nothing.
/// </summary>
internal sealed class MetricsText : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _rendering = new();
    private readonly List<(Instrument Instrument, string Labels, long Value)> _readings = [];

    public MetricsText(string meterName)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == meterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            _readings.Add((instrument, Labels(tags), value)));
        _listener.Start();
    }

    public string Render()
    {
        lock (_rendering)
        {
            _readings.Clear();
            _listener.RecordObservableInstruments();

            var text = new StringBuilder();
            foreach (var instrument in _readings.GroupBy(reading => reading.Instrument))
            {
                var isCounter = instrument.Key is ObservableCounter<long>;
                var name = instrument.Key.Name.Replace('.', '_') + (isCounter ? "_total" : "");
                text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {instrument.Key.Description}\n");
                text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {(isCounter ? "counter" : "gauge")}\n");
                foreach (var (_, labels, value) in instrument)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{name}{labels} {value}\n");
                }
            }

            return text.ToString();
        }
    }

    public void Dispose() => _listener.Dispose();

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        var text = new StringBuilder("{");
        foreach (var (name, value) in tags)
        {
            text.Append(text.Length > 1 ? "," : "").Append(name).Append("=\"").Append(Escape(value)).Append('"');
        }

        return text.Append('}').ToString();
    }

    private static string Escape(object? value) => (value?.ToString() ?? "")
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);
}
