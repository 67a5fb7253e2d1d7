using System.Runtime.CompilerServices;

namespace EdgeAgent.OpcUa.Binary;

/// <summary>The built-in types that are made of others (Part 6, 5.2.2.9 to 5.2.2.17).</summary>
public ref partial struct UaReader
{
    // NodeId, Part 6, 5.2.2.9: the first byte is the form; the two high bits belong to ExpandedNodeId.
    //
    //   00 TwoByte    │id:1│                  03 String  │ns:2│length:4│bytes│
    //   01 FourByte   │ns:1│id:2│             04 Guid    │ns:2│guid:16│
    //   02 Numeric    │ns:2│id:4│             05 Opaque  │ns:2│length:4│bytes│
    private const byte ExpandedUri = 0x80;
    private const byte ExpandedServer = 0x40;

    // Part 6, 5.2.2.17.
    private const ushort PicosecondsMax = 9_999;

    private const byte HasLocale = 0x01;
    private const byte HasText = 0x02;

    private const byte HasSymbolicId = 0x01;
    private const byte HasNamespaceUri = 0x02;
    private const byte HasDiagnosticText = 0x04;
    private const byte HasDiagnosticLocale = 0x08;
    private const byte HasAdditionalInfo = 0x10;
    private const byte HasInnerStatus = 0x20;
    private const byte HasInnerInfo = 0x40;

    public NodeId ReadNodeId() => ReadNodeId(ReadByte());

    public ExpandedNodeId ReadExpandedNodeId()
    {
        var form = ReadByte();
        var id = ReadNodeId((byte)(form & ~(ExpandedUri | ExpandedServer)));
        var uri = (form & ExpandedUri) != 0 ? ReadString() : null;
        var server = (form & ExpandedServer) != 0 ? ReadUInt32() : 0;
        return new(id, uri, server);
    }

    public QualifiedName ReadQualifiedName()
    {
        var index = ReadUInt16();
        return new(index, ReadString());
    }

    public LocalizedText ReadLocalizedText()
    {
        var mask = ReadLocalizedTextMask();
        var locale = (mask & HasLocale) != 0 ? ReadString() : null;
        return new(locale, (mask & HasText) != 0 ? ReadString() : null);
    }

    /// <summary>Part 6, 5.2.2.15: the encoding's id, one byte for the form of the body, and the body with its length.</summary>
    public ExtensionObject ReadExtensionObject()
    {
        var type = ReadNodeId();
        var form = ReadExtensionObjectForm();
        return new(type, form == ExtensionObjectBody.None ? null : ReadByteString(), form);
    }

    // DiagnosticInfo, Part 6, 5.2.2.12: the mask says which of the seven fields follow.
    public DiagnosticInfo? ReadDiagnosticInfo() => ReadDiagnosticInfo(1);

    // DataValue, Part 6, 5.2.2.17:
    //
    //   │mask:1│ Value 01 │ Status 02 │ SourceTime 04 │ SourcePico 10 │ ServerTime 08 │ ServerPico 20 │
    public DataValue ReadDataValue()
    {
        EnterDataValue();
        var mask = ReadDataValueMask();
        var value = (mask & HasValue) != 0 ? ReadVariant() : default;
        LeaveDataValue();
        var status = (mask & HasStatus) != 0 ? ReadStatusCode() : default;
        var (sourceTime, sourcePicoseconds) = ReadTime(mask, HasSourceTime, HasSourcePicoseconds);
        var (serverTime, serverPicoseconds) = ReadTime(mask, HasServerTime, HasServerPicoseconds);
        return new(value, status, sourceTime, serverTime)
        {
            SourcePicoseconds = sourcePicoseconds,
            ServerPicoseconds = serverPicoseconds,
        };
    }

    // Variant, Part 6, 5.2.2.16: the mask is the built-in type (bits 0-5), dimensions (6), array (7).
    //
    //   │mask:1│ value │                                     scalar
    //   │mask:1│ length:4 │ elements │                        array
    //   │mask:1│ length:4 │ elements │ count:4 │ dims:4 each│ matrix
    public Variant ReadVariant()
    {
        var (type, isArray, hasDimensions) = ReadVariantMask();
        if (type == BuiltInType.Null)
        {
            return default;
        }

        Enter();
        var value = isArray ? ReadArray(type, hasDimensions) : ReadBuiltIn(type);
        Leave();
        return value;
    }

    /// <summary>Bytes of a scalar of an inline type (<see cref="Variant.IsInline"/>).</summary>
    internal static int SizeOf(BuiltInType type) => type switch
    {
        BuiltInType.Boolean or BuiltInType.SByte or BuiltInType.Byte => 1,
        BuiltInType.Int16 or BuiltInType.UInt16 => 2,
        BuiltInType.Int32 or BuiltInType.UInt32 or BuiltInType.Float or BuiltInType.StatusCode => 4,
        _ => 8,
    };

    /// <summary>The <see cref="Variant.Bits"/> of a scalar of an inline type.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal long ReadBits(BuiltInType type) => type switch
    {
        BuiltInType.Double => ReadInt64(),
        BuiltInType.Float => Unsafe.BitCast<double, long>(ReadFloat()),
        BuiltInType.Boolean => ReadByte() != 0 ? 1 : 0,
        BuiltInType.SByte => ReadSByte(),
        BuiltInType.Byte => ReadByte(),
        BuiltInType.Int16 => ReadInt16(),
        BuiltInType.UInt16 => ReadUInt16(),
        BuiltInType.Int32 => ReadInt32(),
        BuiltInType.UInt32 or BuiltInType.StatusCode => ReadUInt32(),
        _ => ReadInt64(),
    };

    /// <summary>Reads a scalar; of the type Variant any value.</summary>
    internal Variant ReadBuiltIn(BuiltInType type)
    {
        if (Variant.IsInline(type))
        {
            return Variant.Inline(type, ReadBits(type));
        }

        switch (type)
        {
            case BuiltInType.String:
                return Variant.From(ReadString());
            case BuiltInType.XmlElement:
                return Variant.FromXml(ReadString());
            case BuiltInType.ByteString:
                return Variant.From(ReadByteString());
            case BuiltInType.Variant:
                return ReadVariant();
        }

        Charge(ObjectSize); // The rest is boxed.
        return type switch
        {
            BuiltInType.Guid => Variant.From(ReadGuid()),
            BuiltInType.NodeId => Variant.From(ReadNodeId()),
            BuiltInType.ExpandedNodeId => Variant.From(ReadExpandedNodeId()),
            BuiltInType.QualifiedName => Variant.From(ReadQualifiedName()),
            BuiltInType.LocalizedText => Variant.From(ReadLocalizedText()),
            BuiltInType.ExtensionObject => Variant.From(ReadExtensionObject()),
            BuiltInType.DataValue => Variant.From(ReadDataValue()),
            _ => ReadDiagnosticInfo() is { } info ? Variant.From(info) : default,
        };
    }

    internal ExtensionObjectBody ReadExtensionObjectForm()
    {
        var form = ReadByte();
        return form <= (byte)ExtensionObjectBody.Xml
            ? (ExtensionObjectBody)form
            : throw Malformed($"{form} is no form of an ExtensionObject's body");
    }

    /// <summary>The position where the body of an ExtensionObject, whose length follows, must end.</summary>
    internal int ReadBodyEnd()
    {
        var length = ReadInt32();
        return length >= 0 && length <= Remaining
            ? _position + length
            : throw Malformed($"a body claims {length} bytes, {Remaining} are left");
    }

    internal (BuiltInType Type, bool IsArray, bool HasDimensions) ReadVariantMask()
    {
        var mask = ReadByte();
        var (type, isArray, hasDimensions) = ((BuiltInType)(mask & 0x3F), (mask & 0x80) != 0, (mask & 0x40) != 0);
        if (type is > BuiltInType.DiagnosticInfo and <= (BuiltInType)31)
        {
            // Part 6, 5.1.6: reserved ids are to be read as ByteString.
            type = BuiltInType.ByteString;
        }

        var isWrong = type > BuiltInType.DiagnosticInfo
            || (type == BuiltInType.Null && mask != 0)
            || (type == BuiltInType.Variant && !isArray)
            || (hasDimensions && !isArray);
        return isWrong ? throw Malformed($"0x{mask:X2} is no encoding mask of a Variant") : (type, isArray, hasDimensions);
    }

    // Picoseconds without a time are ignored; 10,000 and more are read as 9,999.
    private (UaDateTime Time, ushort Picoseconds) ReadTime(byte mask, byte hasTime, byte hasPicoseconds)
    {
        var time = (mask & hasTime) != 0 ? ReadDateTime() : default;
        var picoseconds = (mask & hasPicoseconds) != 0 ? ReadUInt16() : (ushort)0;
        return (time, time.IsNone ? (ushort)0 : Math.Min(picoseconds, PicosecondsMax));
    }

    private NodeId ReadNodeId(byte form)
    {
        switch (form)
        {
            case 0:
                return new(0, ReadByte());
            case 1:
                var index = ReadByte();
                return new(index, ReadUInt16());
            case 2:
                return new(ReadUInt16(), ReadUInt32());
            case 3:
                return new(ReadUInt16(), ReadString() ?? "");
            case 4:
                Charge(32);
                return new(ReadUInt16(), ReadGuid());
            case 5:
                return new(ReadUInt16(), ReadByteString() ?? []);
            default:
                throw Malformed($"0x{form:X2} is no form of a NodeId");
        }
    }

    private DiagnosticInfo? ReadDiagnosticInfo(int depth)
    {
        var mask = ReadDiagnosticInfoMask(depth);
        if (mask == 0)
        {
            return null;
        }

        Charge(ObjectSize);
        return new()
        {
            SymbolicId = (mask & HasSymbolicId) != 0 ? ReadInt32() : -1,
            NamespaceUri = (mask & HasNamespaceUri) != 0 ? ReadInt32() : -1,
            Locale = (mask & HasDiagnosticLocale) != 0 ? ReadInt32() : -1,
            LocalizedText = (mask & HasDiagnosticText) != 0 ? ReadInt32() : -1,
            AdditionalInfo = (mask & HasAdditionalInfo) != 0 ? ReadString() : null,
            InnerStatusCode = (mask & HasInnerStatus) != 0 ? ReadStatusCode() : default,
            Inner = (mask & HasInnerInfo) != 0 ? ReadDiagnosticInfo(depth + 1) : null,
        };
    }

    private byte ReadLocalizedTextMask()
    {
        var mask = ReadByte();
        return (mask & ~(HasLocale | HasText)) == 0
            ? mask
            : throw Malformed($"0x{mask:X2} is no encoding mask of a LocalizedText");
    }

    private byte ReadDiagnosticInfoMask(int depth)
    {
        if (depth > _limits.DiagnosticNesting)
        {
            throw TooMuch($"DiagnosticInfos lie more than {_limits.DiagnosticNesting} deep within each other");
        }

        var mask = ReadByte();
        return mask < 0x80 ? mask : throw Malformed($"0x{mask:X2} is no encoding mask of a DiagnosticInfo");
    }

    private void EnterDataValue()
    {
        if (_isInDataValue)
        {
            throw Malformed("a DataValue lies within a DataValue (Part 6, 5.1.9)");
        }

        Enter();
        _isInDataValue = true;
    }

    private void LeaveDataValue()
    {
        Leave();
        _isInDataValue = false;
    }
}
