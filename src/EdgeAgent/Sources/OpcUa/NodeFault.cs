namespace EdgeAgent.Sources.OpcUa;

/// <summary>Why a node's value is none of its tag.</summary>
internal enum NodeFault : byte
{
    None,

    /// <summary>The node holds another type than the point table says.</summary>
    TypeMismatch,

    /// <summary>An unsigned 64-bit number beyond the signed range, or beyond binary64 after scaling.</summary>
    OutOfRange,
}
