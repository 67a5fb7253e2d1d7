using System.Collections.Immutable;

namespace EdgeAgent.Core.Kpi;

/// <summary>The KPIs this engine computes, under their catalogue ids.</summary>
public static class KpiCatalogue
{
    public static readonly KpiDefinition EquipmentNetworking = new(
        "equipment-networking-rate", "evidenced-production-devices/production-devices", 1,
        "设备联网率", "networking rate, all production equipment", "%");

    public static readonly KpiDefinition DigitalEquipmentNetworking = new(
        "digital-equipment-networking-rate", "evidenced-digital-devices/digital-devices", 1,
        "车间自动化、数字化、智能化设备联网率", "networking rate of digital devices (workshop form)", "%");

    public static readonly KpiDefinition KeyEquipmentNetworking = new(
        "key-equipment-networking-rate", "evidenced-key-devices/key-devices", 1,
        "关键设备联网率", "networking rate of key equipment", "%");

    public static readonly KpiDefinition Oee = new(
        "oee-index", "sum(PRI*GQ)/PBT", 1, "设备综合效率", "OEE index", "%");

    public static readonly KpiDefinition Availability = new(
        "availability", "APT/PBT", 1, "时间开动率", "availability", "%");

    public static readonly KpiDefinition Effectiveness = new(
        "effectiveness", "sum(PRI*PQ)/APT", 1, "性能开动率", "effectiveness", "%");

    public static readonly KpiDefinition QualityRatio = new(
        "quality-ratio", "sum(PRI*GQ)/sum(PRI*PQ)", 1, "合格品率", "quality ratio", "%");

    public static readonly KpiDefinition DefectRate = new(
        "defect-rate", "nonconforming/PQ", 1, "产品不良品率", "product defect rate", "%");

    public static readonly KpiDefinition EnergyPerOutput = new(
        "energy-per-output-value", "E/G", 1,
        "单位产值综合能耗", "comprehensive energy consumption per output value", "tce/万元");

    public static readonly KpiDefinition EnergyTotal = new(
        "comprehensive-energy-consumption-total", "sum(E_i*k_i)", 1, "综合能耗", "comprehensive energy consumption", "tce");

    /// <summary>What <see cref="KpiEngine.Compute"/> takes; the factors of OEE come with OEE.</summary>
    public static ImmutableArray<KpiDefinition> All { get; } =
    [
        EquipmentNetworking, DigitalEquipmentNetworking, KeyEquipmentNetworking, Oee,
            DefectRate, EnergyPerOutput, EnergyTotal,
    ];
}
