using System.Reflection;
using System.Reflection.Emit;
using EdgeAgent.Modbus;
using EdgeAgent.Modbus.Client;
using EdgeAgent.Modbus.Framing;

namespace EdgeAgent.Tests.Modbus.Framing;

/// <summary>The plant is read-only: proved on the compiled assembly.</summary>
public sealed class ReadOnlyTests
{
    private static readonly Assembly Assembly = typeof(ModbusFunction).Assembly;

    [Fact]
    public void The_assembly_knows_the_four_reads_and_no_other_function() => Assert.Equal(
        ["ReadCoils = 1", "ReadDiscreteInputs = 2", "ReadHoldingRegisters = 3", "ReadInputRegisters = 4"],
        Enum.GetValues<ModbusFunction>().Select(function => $"{function} = {(byte)function}"));

    [Fact]
    public void Only_one_method_encodes_requests_and_only_the_two_dialogues_call_it()
    {
        var write = typeof(ReadRequest).GetMethod(nameof(ReadRequest.Write))!;
        Assert.Equal(
            [typeof(RtuDialogue), typeof(TcpDialogue)],
            CallersOf(write).Select(caller => caller.DeclaringType).Distinct().OrderBy(type => type!.Name));
    }

    [Fact]
    public void Only_the_client_and_the_server_write_to_a_stream_and_the_client_only_what_a_dialogue_framed()
    {
        var writes = typeof(Stream).GetMethods()
            .Where(method => method.Name.StartsWith("Write", StringComparison.Ordinal));
        var writers = writes.SelectMany(CallersOf)
            .Select(caller => OutermostOf(caller.DeclaringType!).Name).Distinct().Order();
        Assert.Equal(["ModbusClient", "ModbusServer"], writers);

        var output = typeof(ModbusClient).GetField("_output", BindingFlags.NonPublic | BindingFlags.Instance)!;
        var ask = typeof(Dialogue).GetMethod(nameof(Dialogue.Ask))!;
        var users = Methods().Where(method => TokensOf(method).Contains(output.MetadataToken)
            && !method.IsConstructor).ToArray();
        var user = Assert.Single(users);
        Assert.Contains(user, CallersOf(ask));
    }

    [Fact]
    public void A_dialogue_frames_no_function_but_the_four_whatever_it_is_asked()
    {
        Dialogue[] dialogues = [new TcpDialogue(false, false), new RtuDialogue(false)];
        var frame = new byte[MbapFrame.MaxLength];
        foreach (var dialogue in dialogues)
        {
            var at = dialogue is TcpDialogue ? MbapFrame.HeaderLength : RtuFrame.HeaderLength;
            for (var function = 0; function < 256; function++)
            {
                var request = new ReadRequest((ModbusFunction)function, 1, 1);
                if (function is >= 1 and <= 4)
                {
                    dialogue.Ask(1, request, frame);
                    Assert.Equal(function, frame[at]);
                }
                else
                {
                    Assert.Throws<ArgumentOutOfRangeException>(() => dialogue.Ask(1, request, frame));
                }
            }
        }
    }

    private static Type OutermostOf(Type type) => type.DeclaringType is { } outer ? OutermostOf(outer) : type;

    private static IEnumerable<MethodBase> Methods() =>
        from type in Assembly.GetTypes()
        from method in type.GetMembers(
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
            | BindingFlags.DeclaredOnly).OfType<MethodBase>()
        where method.GetMethodBody() is not null
        select method;

    private static IEnumerable<MethodBase> CallersOf(MethodInfo callee)
    {
        foreach (var method in Methods())
        {
            foreach (var token in TokensOf(method))
            {
                if (Resolve(method, token) is { } called && called.Module == callee.Module
                    && called.MetadataToken == callee.MetadataToken)
                {
                    yield return method;
                    break;
                }
            }
        }
    }

    private static MethodBase? Resolve(MethodBase user, int token)
    {
        try
        {
            return user.Module.ResolveMethod(
                token, user.DeclaringType!.GetGenericArguments(),
                user.IsGenericMethod ? user.GetGenericArguments() : []);
        }
        catch (ArgumentException)
        {
            return null; // A field or a type.
        }
    }

    /// <summary>Every metadata token that a method's IL names.</summary>
    private static IEnumerable<int> TokensOf(MethodBase method)
    {
        var il = method.GetMethodBody()!.GetILAsByteArray()!;
        for (var at = 0; at < il.Length;)
        {
            int value = il[at++];
            var code = value == 0xFE ? OpCodeOf[0xFE00 | il[at++]] : OpCodeOf[value];
            switch (code.OperandType)
            {
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    at += 1;
                    break;
                case OperandType.InlineVar:
                    at += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    at += 8;
                    break;
                case OperandType.InlineSwitch:
                    at += 4 + (4 * BitConverter.ToInt32(il, at));
                    break;
                case OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineTok:
                    yield return BitConverter.ToInt32(il, at);
                    at += 4;
                    break;
                default:
                    at += 4;
                    break;
            }
        }
    }

    private static readonly Dictionary<int, OpCode> OpCodeOf = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (int)(ushort)code.Value);
}
