using System.Diagnostics.Metrics;
using EdgeAgent.Web;

namespace EdgeAgent.Tests.Web;

public sealed class MetricsTextTests
{
    [Fact]
    public void Counters_and_gauges_are_rendered_with_their_labels_escaped()
    {
        using var meter = new Meter("test.metrics-text");
        using var text = new MetricsText(meter.Name);
        var durable = 7L;
        meter.CreateObservableCounter("edgeagent.samples.durable", () => durable, description: "Samples fsynced.");
        meter.CreateObservableGauge(
            "edgeagent.queue",
            () => new[] { new Measurement<long>(1, new KeyValuePair<string, object?>("source", "窑\"1\\\n")) },
            description: "Waiting.");

        Assert.Equal(
            """
            # HELP edgeagent_samples_durable_total Samples fsynced.
            # TYPE edgeagent_samples_durable_total counter
            edgeagent_samples_durable_total 7
            # HELP edgeagent_queue Waiting.
            # TYPE edgeagent_queue gauge
            edgeagent_queue{source="窑\"1\\\n"} 1

            """,
            text.Render());

        durable = 8;
        Assert.Contains("durable_total 8", text.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_meters_are_left_out()
    {
        using var meter = new Meter("test.another");
        using var text = new MetricsText("test.metrics-text-alone");
        meter.CreateObservableCounter("edgeagent.samples.durable", () => 1L);

        Assert.Equal("", text.Render());
    }
}
