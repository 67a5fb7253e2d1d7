using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeAgent.OpcUa.Binary;

/// <summary>The built-in types that are made of others; the formats are drawn in UaReader.Values.cs.</summary>
public sealed partial class UaWriter
{
    public void WriteNodeId(NodeId value) => WriteNodeId(value, 0);

    public void WriteExpandedNodeId(ExpandedNodeId value)
    {
        var flags = (value.NamespaceUri is null ? 0 : 0x80) | (value.ServerIndex == 0 ? 0 : 0x40);
        WriteNodeId(value.NodeId, (byte)flags);
        if (value.NamespaceUri is not null)
        {
            WriteString(value.NamespaceUri);
        }

        if (value.ServerIndex != 0)
        {
            WriteUInt32(value.ServerIndex);
        }
    }

    public void WriteQualifiedName(QualifiedName value)
    {
        WriteUInt16(value.NamespaceIndex);
        WriteString(value.Name);
    }

    public void WriteLocalizedText(LocalizedText value)
    {
        WriteByte((byte)((value.Locale is null ? 0 : 1) | (value.Text is null ? 0 : 2)));
        if (value.Locale is not null)
        {
            WriteString(value.Locale);
        }

        if (value.Text is not null)
        {
            WriteString(value.Text);
        }
    }

    public void WriteExtensionObject(ExtensionObject value)
    {
        WriteNodeId(value.TypeId);
        WriteByte((byte)value.Encoding);
        if (value.Encoding != ExtensionObjectBody.None)
        {
            WriteByteString(value.Body.Span);
        }
    }

    public void WriteDiagnosticInfo(DiagnosticInfo? value)
    {
        if (value is null)
        {
            WriteByte(0);
            return;
        }

        var mask = Reserve(1);
        mask[0] = (byte)((value.SymbolicId < 0 ? 0 : 0x01) | (value.NamespaceUri < 0 ? 0 : 0x02)
            | (value.LocalizedText < 0 ? 0 : 0x04) | (value.Locale < 0 ? 0 : 0x08)
            | (value.AdditionalInfo is null ? 0 : 0x10) | (value.InnerStatusCode == default ? 0 : 0x20)
            | (value.Inner is null ? 0 : 0x40));
        WriteUnlessNegative(value.SymbolicId);
        WriteUnlessNegative(value.NamespaceUri);
        WriteUnlessNegative(value.Locale);
        WriteUnlessNegative(value.LocalizedText);
        if (value.AdditionalInfo is not null)
        {
            WriteString(value.AdditionalInfo);
        }

        if (value.InnerStatusCode != default)
        {
            WriteStatusCode(value.InnerStatusCode);
        }

        if (value.Inner is not null)
        {
            WriteDiagnosticInfo(value.Inner);
        }
    }

    public void WriteDataValue(in DataValue value)
    {
        WriteByte((byte)((value.Value.IsNull ? 0 : 0x01) | (value.Status.Value == 0 ? 0 : 0x02)
            | (value.SourceTime.IsNone ? 0 : 0x04) | (value.ServerTime.IsNone ? 0 : 0x08)
            | (value.SourcePicoseconds == 0 ? 0 : 0x10) | (value.ServerPicoseconds == 0 ? 0 : 0x20)));
        if (!value.Value.IsNull)
        {
            WriteVariant(value.Value);
        }

        if (value.Status.Value != 0)
        {
            WriteStatusCode(value.Status);
        }

        if (!value.SourceTime.IsNone)
        {
            WriteDateTime(value.SourceTime);
        }

        if (value.SourcePicoseconds != 0)
        {
            WriteUInt16(value.SourcePicoseconds);
        }

        if (!value.ServerTime.IsNone)
        {
            WriteDateTime(value.ServerTime);
        }

        if (value.ServerPicoseconds != 0)
        {
            WriteUInt16(value.ServerPicoseconds);
        }
    }

    public void WriteVariant(Variant value)
    {
        if (value.Array is { } array)
        {
            WriteByte((byte)((byte)array.ElementType | 0x80 | (array.Dimensions is null ? 0 : 0x40)));
            WriteElements(array);
            if (array.Dimensions is not null)
            {
                WriteInt32s(array.Dimensions);
            }

            return;
        }

        WriteByte((byte)value.Type);
        if (Variant.IsInline(value.Type))
        {
            WriteBits(value.Type, value.Bits);
        }
        else
        {
            WriteScalar(value);
        }
    }

    public void WriteStrings(IReadOnlyList<string?> value)
    {
        WriteInt32(value.Count);
        for (var i = 0; i < value.Count; i++)
        {
            WriteString(value[i]);
        }
    }

    public void WriteByteStrings(IReadOnlyList<byte[]?> value) =>
        WriteEach(value, static (writer, item) => writer.WriteByteString(item));

    public void WriteUInt32s(IReadOnlyList<uint> value) =>
        WriteEach(value, static (writer, item) => writer.WriteUInt32(item));

    public void WriteInt32s(IReadOnlyList<int> value) =>
        WriteEach(value, static (writer, item) => writer.WriteInt32(item));

    public void WriteStatusCodes(IReadOnlyList<StatusCode> value) =>
        WriteEach(value, static (writer, item) => writer.WriteStatusCode(item));

    public void WriteNodeIds(IReadOnlyList<NodeId> value) =>
        WriteEach(value, static (writer, item) => writer.WriteNodeId(item));

    public void WriteVariants(IReadOnlyList<Variant> value) =>
        WriteEach(value, static (writer, item) => writer.WriteVariant(item));

    public void WriteDataValues(IReadOnlyList<DataValue> value) =>
        WriteEach(value, static (writer, item) => writer.WriteDataValue(item));

    public void WriteExtensionObjects(IReadOnlyList<ExtensionObject> value) =>
        WriteEach(value, static (writer, item) => writer.WriteExtensionObject(item));

    public void WriteDiagnosticInfos(IReadOnlyList<DiagnosticInfo?> value) =>
        WriteEach(value, static (writer, item) => writer.WriteDiagnosticInfo(item));

    /// <summary>A scalar of an inline type from its <see cref="Variant.Bits"/>.</summary>
    internal void WriteBits(BuiltInType type, long bits)
    {
        switch (type)
        {
            case BuiltInType.Boolean or BuiltInType.SByte or BuiltInType.Byte:
                WriteByte((byte)bits);
                break;
            case BuiltInType.Int16 or BuiltInType.UInt16:
                WriteUInt16((ushort)bits);
                break;
            case BuiltInType.Int32 or BuiltInType.UInt32 or BuiltInType.StatusCode:
                WriteUInt32((uint)bits);
                break;
            case BuiltInType.Float:
                WriteFloat((float)Unsafe.BitCast<long, double>(bits));
                break;
            default:
                WriteInt64(bits);
                break;
        }
    }

    private void WriteNodeId(NodeId value, byte flags)
    {
        switch (value.IdType)
        {
            case IdType.Numeric when value.NamespaceIndex == 0 && value.Numeric <= byte.MaxValue:
                WriteByte(flags);
                WriteByte((byte)value.Numeric);
                break;
            case IdType.Numeric when value.NamespaceIndex <= byte.MaxValue && value.Numeric <= ushort.MaxValue:
                WriteByte((byte)(flags | 1));
                WriteByte((byte)value.NamespaceIndex);
                WriteUInt16((ushort)value.Numeric);
                break;
            case IdType.Numeric:
                WriteByte((byte)(flags | 2));
                WriteUInt16(value.NamespaceIndex);
                WriteUInt32(value.Numeric);
                break;
            case IdType.String:
                WriteByte((byte)(flags | 3));
                WriteUInt16(value.NamespaceIndex);
                WriteString(value.Text);
                break;
            case IdType.Guid:
                WriteByte((byte)(flags | 4));
                WriteUInt16(value.NamespaceIndex);
                WriteGuid(value.Guid);
                break;
            default:
                WriteByte((byte)(flags | 5));
                WriteUInt16(value.NamespaceIndex);
                WriteByteString(value.Opaque);
                break;
        }
    }

    private void WriteUnlessNegative(int value)
    {
        if (value >= 0)
        {
            WriteInt32(value);
        }
    }

    private void WriteScalar(Variant value)
    {
        switch (value.Object)
        {
            case null:
                break;
            case string text:
                WriteString(text);
                break;
            case byte[] bytes:
                WriteByteString(bytes);
                break;
            case Guid guid:
                WriteGuid(guid);
                break;
            case NodeId id:
                WriteNodeId(id);
                break;
            case ExpandedNodeId id:
                WriteExpandedNodeId(id);
                break;
            case QualifiedName name:
                WriteQualifiedName(name);
                break;
            case LocalizedText text:
                WriteLocalizedText(text);
                break;
            case ExtensionObject body:
                WriteExtensionObject(body);
                break;
            case DataValue inner:
                WriteDataValue(inner);
                break;
            case DiagnosticInfo info:
                WriteDiagnosticInfo(info);
                break;
            case var other:
                throw new InvalidOperationException($"{other.GetType()} is no built-in type.");
        }
    }

    private void WriteElements(UaArray array)
    {
        switch (array.Elements)
        {
            case double[] numbers:
                WriteNumbers<double>(numbers);
                break;
            case byte[] numbers:
                WriteNumbers<byte>(numbers);
                break;
            case Variant[] variants:
                WriteVariants(variants);
                break;
            default:
                WriteInt32(array.Count);
                for (var i = 0; i < array.Count; i++)
                {
                    WriteElement(array.ElementType, array[i]);
                }

                break;
        }
    }

    private void WriteElement(BuiltInType type, Variant value)
    {
        if (Variant.IsInline(type))
        {
            WriteBits(type, value.Bits);
        }
        else if (value.IsNull)
        {
            WriteNull(type);
        }
        else
        {
            WriteScalar(value);
        }
    }

    // A String, XmlElement or ByteString has the length -1; a DiagnosticInfo or Variant an empty mask.
    private void WriteNull(BuiltInType type)
    {
        if (type is BuiltInType.DiagnosticInfo or BuiltInType.Variant)
        {
            WriteByte(0);
        }
        else
        {
            WriteInt32(-1);
        }
    }

    private void WriteNumbers<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged
    {
        WriteInt32(numbers.Length);
        WriteBytes(MemoryMarshal.AsBytes(numbers));
    }

    private void WriteEach<T>(IReadOnlyList<T> items, Action<UaWriter, T> write)
    {
        WriteInt32(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            write(this, items[i]);
        }
    }
}
