namespace EdgeAgent.Configuration;

internal enum SerialParity
{
    None,
    Even,
    Odd,
}
