namespace EdgeAgent.OpcUa.Binary;

/// <summary>
/// Passing over values, without allocation: checks all that says where a value ends, and how deep it goes. What can be
/// wrong within a value, a text that is not UTF-8 or a matrix that does not fit its dimensions, harms only whoever
/// reads it, and not the thousand values beside it.
/// </summary>
public ref partial struct UaReader
{
    private const int GuidSize = 16;

    /// <summary>Passes over a Variant.</summary>
    public void SkipVariant()
    {
        var (type, isArray, hasDimensions) = ReadVariantMask();
        if (type == BuiltInType.Null)
        {
            return;
        }

        Enter();
        if (!isArray)
        {
            SkipBuiltIn(type);
        }
        else
        {
            var count = ReadLength(MinimumSizeOf(type));
            SkipElements(type, count);
            if (hasDimensions)
            {
                Skip(sizeof(int) * (long)ReadLength(sizeof(int)));
            }
        }

        Leave();
    }

    /// <summary>Bytes of every scalar of a type, or -1 where they differ.</summary>
    internal static int FixedSizeOf(BuiltInType type) =>
        Variant.IsInline(type) ? SizeOf(type) : type == BuiltInType.Guid ? GuidSize : -1;

    /// <summary>The fewest bytes that a scalar of a type can take.</summary>
    internal static int MinimumSizeOf(BuiltInType type) => type switch
    {
        _ when Variant.IsInline(type) => SizeOf(type),
        BuiltInType.Guid => GuidSize,
        BuiltInType.String or BuiltInType.ByteString or BuiltInType.XmlElement => sizeof(int),
        BuiltInType.NodeId or BuiltInType.ExpandedNodeId => 2,
        BuiltInType.QualifiedName => sizeof(ushort) + sizeof(int),
        BuiltInType.ExtensionObject => 3,
        _ => 1,
    };

    internal void SkipElements(BuiltInType type, int count)
    {
        if (FixedSizeOf(type) is > 0 and var size)
        {
            Skip((long)size * count);
            return;
        }

        for (; count > 0; count--)
        {
            SkipBuiltIn(type);
        }
    }

    internal void SkipBuiltIn(BuiltInType type)
    {
        switch (type)
        {
            case BuiltInType.String or BuiltInType.ByteString or BuiltInType.XmlElement:
                SkipByteString(out _);
                break;
            case BuiltInType.NodeId:
                SkipNodeId(ReadByte());
                break;
            case BuiltInType.ExpandedNodeId:
                SkipExpandedNodeId();
                break;
            case BuiltInType.QualifiedName:
                Skip(sizeof(ushort));
                SkipByteString(out _);
                break;
            case BuiltInType.LocalizedText:
                SkipLocalizedText();
                break;
            case BuiltInType.ExtensionObject:
                SkipNodeId(ReadByte());
                if (ReadExtensionObjectForm() != ExtensionObjectBody.None)
                {
                    SkipByteString(out _);
                }

                break;
            case BuiltInType.DataValue:
                SkipDataValue();
                break;
            case BuiltInType.Variant:
                SkipVariant();
                break;
            case BuiltInType.DiagnosticInfo:
                SkipDiagnosticInfo(1);
                break;
            default:
                Skip(FixedSizeOf(type));
                break;
        }
    }

    internal void Skip(long count)
    {
        if (count > Remaining)
        {
            ThrowEnd(count);
        }

        _position += (int)count;
    }

    private void SkipNodeId(byte form)
    {
        switch (form)
        {
            case 0:
                Skip(1);
                break;
            case 1:
                Skip(3);
                break;
            case 2:
                Skip(6);
                break;
            case 3 or 5:
                Skip(sizeof(ushort));
                SkipByteString(out _);
                break;
            case 4:
                Skip(sizeof(ushort) + GuidSize);
                break;
            default:
                throw Malformed($"0x{form:X2} is no form of a NodeId");
        }
    }

    private void SkipExpandedNodeId()
    {
        var form = ReadByte();
        SkipNodeId((byte)(form & ~(ExpandedUri | ExpandedServer)));
        if ((form & ExpandedUri) != 0)
        {
            SkipByteString(out _);
        }

        if ((form & ExpandedServer) != 0)
        {
            Skip(sizeof(uint));
        }
    }

    private void SkipLocalizedText()
    {
        var mask = ReadLocalizedTextMask();
        if ((mask & HasLocale) != 0)
        {
            SkipByteString(out _);
        }

        if ((mask & HasText) != 0)
        {
            SkipByteString(out _);
        }
    }

    private void SkipDataValue()
    {
        var mask = ReadDataValueMask();
        Enter();
        if ((mask & HasValue) != 0)
        {
            SkipVariant();
        }

        Leave();
        Skip(((mask & HasStatus) != 0 ? sizeof(uint) : 0)
            + ((mask & HasSourceTime) != 0 ? sizeof(long) : 0) + ((mask & HasSourcePicoseconds) != 0 ? sizeof(ushort)
                : 0)
            + ((mask & HasServerTime) != 0 ? sizeof(long) : 0) + ((mask & HasServerPicoseconds) != 0 ? sizeof(ushort)
                : 0));
    }

    private void SkipDiagnosticInfo(int depth)
    {
        var mask = ReadDiagnosticInfoMask(depth);
        Skip(sizeof(int) * int.PopCount(
            mask & (HasSymbolicId | HasNamespaceUri | HasDiagnosticLocale | HasDiagnosticText)));
        if ((mask & HasAdditionalInfo) != 0)
        {
            SkipByteString(out _);
        }

        Skip((mask & HasInnerStatus) != 0 ? sizeof(uint) : 0);
        if ((mask & HasInnerInfo) != 0)
        {
            SkipDiagnosticInfo(depth + 1);
        }
    }
}
