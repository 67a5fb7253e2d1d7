using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration.Registers;

internal static class RegisterAreas
{
    public static readonly Choices<RegisterArea> Words = new(
        (RegisterArea.Holding, ["holding"]),
        (RegisterArea.Input, ["input"]),
        (RegisterArea.Coil, ["coil"]),
        (RegisterArea.Discrete, ["discrete"]));

    public static bool IsBits(this RegisterArea area) => area is RegisterArea.Coil or RegisterArea.Discrete;
}
