using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Server;

/// <summary>
/// f(uri, id, time): a value that says of which node and which instant it is, so that a value credited to another node
/// shows. The same function makes it in the server and checks it in the test.
/// </summary>
public static class PredictableValue
{
    // Of a Double's 53 bits, the low 21 tell the time step and the others the node.
    private const int StepBits = 21;
    private const long StepMask = (1L << StepBits) - 1;
    private const long NodeMask = (1L << 31) - 1;

    /// <param name="address">The node by its URI.</param>
    /// <param name="time">Any instant.</param>
    /// <param name="step">How long the value holds.</param>
    public static double Of(NodeAddress address, UaDateTime time, TimeSpan step) =>
        (NodeOf(address) << StepBits) | StepOf(time, step);

    /// <summary>Whether this node had this value at this instant.</summary>
    public static bool IsOf(double value, NodeAddress address, UaDateTime time, TimeSpan step) =>
        value.Equals(Of(address, time, step));

    /// <summary>
    /// A value function for <see cref="VariableDefinition.Function"/>; its source time is the step's beginning.
    /// </summary>
    public static Func<UaDateTime, DataValue> Function(NodeAddress address, TimeSpan step)
    {
        var node = NodeOf(address) << StepBits;
        return time => new(
            Variant.From((double)(node | StepOf(time, step))),
            StatusCodes.Good,
            new(time.Ticks - (time.Ticks % step.Ticks)));
    }

    private static long NodeOf(NodeAddress address) =>
        BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(address.ToString()))) & NodeMask;

    private static long StepOf(UaDateTime time, TimeSpan step) => (time.Ticks / step.Ticks) & StepMask;
}
