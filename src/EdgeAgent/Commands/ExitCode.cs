namespace EdgeAgent.Commands;

/// <summary>What the program answers to its caller.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>Something went wrong that starting again may mend.</summary>
    public const int Failed = 1;

    /// <summary>The configuration, the folder or an address has to be mended by a person first.</summary>
    public const int Unusable = 2;
}
