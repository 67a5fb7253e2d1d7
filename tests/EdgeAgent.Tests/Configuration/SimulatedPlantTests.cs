using EdgeAgent.Configuration;
using EdgeAgent.Core.Kpi;
using EdgeAgent.Simulator.Configuration;
using EdgeAgent.Simulator.Script;

namespace EdgeAgent.Tests.Configuration;

public sealed class SimulatedPlantTests
{
    [Theory]
    [InlineData("")]
    [InlineData("kilns presses machining")]
    public void The_folder_that_the_simulator_writes_is_valid_and_raises_no_warning(string opcUaLines)
    {
        var folder = TestFolders.Create();
        try
        {
            var script = new PlantScript(1);
            new PlantConfiguration
            {
                Script = script,
                Endpoints = PlantScript.Ledger
                    .Select(device => device.Endpoint)
                    .OfType<string>()
                    .Distinct()
                    .Select((name, index) => (name, Port: 20_000 + index))
                    .ToDictionary(endpoint => endpoint.name, endpoint => endpoint.Port),
                OpcUaLines = opcUaLines.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(),
                Speed = 60,
                Start = new DateTimeOffset(2026, 9, 1, 0, 0, 0, TimeSpan.Zero),
                DataFolder = "../data",
                MqttPort = 1883,
            }.WriteTo(folder);

            var result = ConfigFolder.Load(folder);

            Assert.Empty(result.Errors);
            Assert.Empty(result.Warnings);
            _ = new KpiEngine(ModelBuilder.Kpi(result.Config!));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
