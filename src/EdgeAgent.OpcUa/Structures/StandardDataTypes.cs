using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Structures;

/// <summary>
/// The data types of namespace 0 that are encoded as a built-in type (Part 6, 5.1.2 and Part 3, 8): every server has
/// them, so that none has to be asked.
/// </summary>
internal static class StandardDataTypes
{
    public const uint Structure = 22;
    public const uint Enumeration = 29;
    public const uint Union = 12756;

    /// <summary>The built-in type of a data type of namespace 0, or null where it is none of these.</summary>
    public static BuiltInType? BuiltInTypeOf(NodeId dataType) =>
        dataType.NamespaceIndex != 0 || dataType.IdType != IdType.Numeric
            ? null
            : dataType.Numeric switch
            {
                >= 1 and <= (uint)BuiltInType.DiagnosticInfo => (BuiltInType)dataType.Numeric,

                // Number, Integer and UInteger are abstract: a value says itself what it is.
                26 or 27 or 28 => BuiltInType.Variant,
                Enumeration => BuiltInType.Int32,

                // Duration; UtcTime.
                290 => BuiltInType.Double,
                294 => BuiltInType.DateTime,

                // IntegerId, Counter, VersionTime, Index, PermissionType, AccessLevelExType, Handle.
                288 or 289 or 20998 or 17588 or 94 or 15406 or 31917 => BuiltInType.UInt32,

                // AccessRestrictionType; AccessLevelType and EventNotifierType; BitFieldMaskDataType.
                95 => BuiltInType.UInt16,
                15031 or 15033 => BuiltInType.Byte,
                11737 => BuiltInType.UInt64,

                // NumericRange, LocaleId, the normalized, decimal, duration, time and date strings, UriString,
                // SemanticVersionString, EncodedTicket and TrimmedString.
                291 or 295 or (>= 12877 and <= 12881) or 23751 or 24263 or 25726 or 31918 => BuiltInType.String,

                // Image and its forms, AudioDataType, ContinuationPoint, ApplicationInstanceCertificate.
                30 or (>= 2000 and <= 2003) or 16307 or 521 or 311 => BuiltInType.ByteString,

                // SessionAuthenticationToken.
                388 => BuiltInType.NodeId,
                _ => null,
            };
}
