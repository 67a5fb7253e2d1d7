using EdgeAgent.Configuration;

namespace EdgeAgent.Commands.Certs;

/// <summary>Where an agent keeps its OPC UA certificates.</summary>
internal static class PkiFolder
{
    private const string Name = "pki";

    /// <summary>Below the data folder: like the journal it belongs to the machine, not to the configuration.</summary>
    public static string Of(PlantConfig config) => Path.Combine(config.Resolve(config.Agent.DataFolder), Name);
}
