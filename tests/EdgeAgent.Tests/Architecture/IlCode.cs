using System.Buffers.Binary;
using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace EdgeAgent.Tests.Architecture;

/// <summary>The instructions of a method body (ECMA-335, III.1.2): what they load, call and create.</summary>
internal static class IlCode
{
    private const byte TwoByteMarker = 0xFE;

    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields()
        .Select(field => field.GetValue(null)).OfType<OpCode>()
        .ToDictionary(code => code.Size == 1 ? code.Value & 0xFF : code.Value & 0xFFFF);

    public readonly record struct Instruction(OpCode Code, long Operand);

    public static IEnumerable<Instruction> Read(MethodBodyBlock body)
    {
        var bytes = body.GetILBytes() ?? [];
        for (var position = 0; position < bytes.Length;)
        {
            int number = bytes[position++];
            if (number == TwoByteMarker)
            {
                number = (number << 8) | bytes[position++];
            }

            var code = Codes[number];
            var (operand, size) = Operand(code, bytes.AsSpan(position));
            position += size;
            yield return new(code, operand);
        }
    }

    /// <summary>The constant that is loaded, or null.</summary>
    public static long? Constant(Instruction instruction)
    {
        OpCode[] withOperand = [OpCodes.Ldc_I4_S, OpCodes.Ldc_I4, OpCodes.Ldc_I8];
        if (withOperand.Contains(instruction.Code))
        {
            return instruction.Operand;
        }

        var shortForm = (instruction.Code.Value & 0xFF) - (OpCodes.Ldc_I4_0.Value & 0xFF);
        return instruction.Code.Size == 1 && shortForm is >= -1 and <= 8 ? shortForm : null;
    }

    private static (long Operand, int Size) Operand(OpCode code, ReadOnlySpan<byte> rest) => code.OperandType switch
    {
        OperandType.InlineNone => (0, 0),
        OperandType.ShortInlineI => ((sbyte)rest[0], 1),
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineVar => (rest[0], 1),
        OperandType.InlineVar => (BinaryPrimitives.ReadUInt16LittleEndian(rest), 2),
        OperandType.InlineI8 or OperandType.InlineR => (BinaryPrimitives.ReadInt64LittleEndian(rest), 8),
        OperandType.InlineSwitch => (0, 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(rest))),
        _ => (BinaryPrimitives.ReadInt32LittleEndian(rest), 4),
    };
}
