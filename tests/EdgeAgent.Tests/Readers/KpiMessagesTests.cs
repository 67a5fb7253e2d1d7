using System.Text;
using System.Text.Json;
using EdgeAgent.Configuration.Reading;
using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Model;
using EdgeAgent.Readers;

namespace EdgeAgent.Tests.Readers;

public sealed class KpiMessagesTests
{
    private const string Id =
        "gateway-1/defect-rate/v1/device:压机1/hour/2026-03-02T08:00:00.0000000Z/2026-03-02T09:00:00.0000000Z/0";

    private static readonly KpiPeriod Hour = new(
        PeriodKind.Hour,
        UtcTime.From(new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero)),
        UtcTime.From(new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero)));

    private static readonly KpiResult DefectRate = new()
    {
        Scope = KpiScope.Device("压机1"),
        Period = Hour,
        Value = new()
        {
            Kpi = KpiCatalogue.DefectRate,
            Exact = new(200, 3),
            Numerator = new(2, "items"),
            Denominator = new(3, "items"),
        },
        Parts = [new() { Kpi = KpiCatalogue.QualityRatio, NullReason = "no items were made" }],
        Status = KpiStatus.Partial,
        Reasons = ["'a' had no usable sample", "so & so"],
        Flags = KpiFlags.CounterReset | KpiFlags.LateSamples,
        Policy = "first-pass",
        Coverage = new(3_600_000_000, 1_800_000_000, 600_000_000, 400_000_000),
        Inputs = new(2, 1, 0),
    };

    [Fact]
    public void A_result_goes_out_with_everything_needed_to_defend_it()
    {
        var message = new KpiMessages("yingkou/plant1", "gateway-1").Form(DefectRate, revision: 0);

        Assert.Equal("yingkou/plant1/gateway-1/kpi/defect-rate", message.Topic);
        Assert.Equal(Id, message.Id);
        Assert.Equal(
            $$"""
            {
              "id": "{{Id}}",
              "agent": "gateway-1",
              "body": {
                "revision": 0,
                "kpi": "defect-rate",
                "formula": "nonconforming/PQ",
                "version": 1,
                "nameZh": "产品不良品率",
                "nameEn": "product defect rate",
                "value": "66.66666666666666666666666667",
                "unit": "%",
                "nullReason": null,
                "numerator": {
                  "amount": "2",
                  "unit": "items"
                },
                "denominator": {
                  "amount": "3",
                  "unit": "items"
                },
                "status": "partial",
                "scope": "device:压机1",
                "period": {
                  "kind": "hour",
                  "name": "",
                  "from": "2026-03-02T08:00:00.0000000Z",
                  "to": "2026-03-02T09:00:00.0000000Z"
                },
                "reasons": [
                  "'a' had no usable sample",
                  "so & so"
                ],
                "flags": [
                  "CounterReset",
                  "LateSamples"
                ],
                "policy": "first-pass",
                "coverage": {
                  "share": "0.6666666666666666666666666667",
                  "expectedUs": 3600000000,
                  "goodUs": 1800000000,
                  "uncertainUs": 600000000,
                  "badUs": 400000000,
                  "missingUs": 800000000
                },
                "inputs": {
                  "measured": 2,
                  "derived": 1,
                  "declared": 0
                },
                "parts": [
                  {
                    "kpi": "quality-ratio",
                    "formula": "sum(PRI*GQ)/sum(PRI*PQ)",
                    "version": 1,
                    "nameZh": "合格品率",
                    "nameEn": "quality ratio",
                    "value": null,
                    "unit": "%",
                    "nullReason": "no items were made",
                    "numerator": null,
                    "denominator": null
                  }
                ]
              }
            }
            """,
            Indented(message.Payload));
    }

    [Fact]
    public void The_same_result_has_the_same_bytes_and_a_correction_another_id()
    {
        var messages = new KpiMessages("p", "a");

        var first = messages.Form(DefectRate, revision: 0);
        var again = messages.Form(DefectRate with { }, revision: 0);
        var corrected = messages.Form(DefectRate, revision: 4711);

        Assert.Equal(first.Id, again.Id);
        Assert.True(first.Payload.Span.SequenceEqual(again.Payload.Span));
        Assert.NotEqual(first.Id, corrected.Id);
        Assert.EndsWith("/4711", corrected.Id, StringComparison.Ordinal);
        Assert.Contains("\"revision\":4711", Encoding.UTF8.GetString(corrected.Payload.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void The_longest_names_a_configuration_allows_make_a_message_the_outbox_takes()
    {
        var name = new string('窑', Field.MaxIdLength);
        var prefix = new string('省', 128);
        foreach (var kpi in KpiCatalogue.All)
        {
            var isOfDevice = kpi == KpiCatalogue.Oee || kpi == KpiCatalogue.DefectRate;
            var result = DefectRate with
            {
                Scope = isOfDevice ? KpiScope.Device(name) : KpiScope.Plant,
                Period = Hour with { Kind = PeriodKind.Minute },
                Value = DefectRate.Value with { Kpi = kpi },
            };

            new KpiMessages(prefix, name).Form(result, long.MaxValue).Validate();
        }
    }

    [Theory]
    [InlineData(ScopeKind.Plant, "", "plant")]
    [InlineData(ScopeKind.Workshop, "机加车间", "workshop:机加车间")]
    [InlineData(ScopeKind.Line, "A线", "line:A线")]
    [InlineData(ScopeKind.Device, "cnc1", "device:cnc1")]
    public void A_scope_is_written_with_its_kind(ScopeKind kind, string id, string text)
    {
        Assert.Equal(text, KpiMessages.ScopeText(new(kind, id)));
    }

    private static string Indented(ReadOnlyMemory<byte> payload)
    {
        var options = new JsonWriterOptions
        {
            Indented = true,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        using var document = JsonDocument.Parse(payload);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, options))
        {
            document.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
