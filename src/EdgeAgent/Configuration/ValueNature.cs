namespace EdgeAgent.Configuration;

/// <summary>What kind of thing the values of a type are, whatever the protocol.</summary>
internal enum ValueNature
{
    Boolean,
    Integer,
    Float,
    Text,
}
