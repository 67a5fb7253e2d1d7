using EdgeAgent.Modbus.Framing;

namespace EdgeAgent.Modbus.Client;

/// <summary>Questions in RTU frames, on a serial line or through a converter.</summary>
internal sealed class RtuDialogue(bool localEcho) : Dialogue
{
    private readonly byte[] _request = new byte[RtuFrame.RequestLength];
    private bool _isEchoDue;

    public override int BufferLength => RtuFrame.MaxLength;

    public override bool NeedsGuard => true;

    /// <summary>The shape of a whole answer at the front of stray bytes, and its length.</summary>
    /// <exception cref="ModbusProtocolException">The bytes are no answer.</exception>
    public static bool TryReadStray(ReadOnlySpan<byte> bytes, out AnswerShape shape, out int length)
    {
        var isWhole = RtuFrame.TryReadAnswer(bytes, out var frame);
        (shape, length) = isWhole ? (ShapeOf(frame), frame.Length) : default;
        return isWhole;
    }

    public override Judgement Judge(ReadOnlySpan<byte> received)
    {
        if (_isEchoDue)
        {
            var heard = received[..Math.Min(received.Length, RtuFrame.RequestLength)];
            if (!heard.SequenceEqual(_request.AsSpan(0, heard.Length)))
            {
                throw new ModbusProtocolException("The echo differs from the request: something else was talking.");
            }

            _isEchoDue = heard.Length < RtuFrame.RequestLength;
            return _isEchoDue ? new(Verdict.Incomplete) : new(Verdict.Echo, RtuFrame.RequestLength);
        }

        if (!RtuFrame.TryReadAnswer(received, out var frame))
        {
            return new(Verdict.Incomplete);
        }

        var shape = ShapeOf(frame);
        var isOurs = shape.Unit == Unit && shape.Function == Request.Function
            && (shape.ByteCount == 0 || shape.ByteCount == ByteCount);
        return isOurs
            ? JudgePdu(frame.Pdu, RtuFrame.HeaderLength, frame.Length)
            : new(Verdict.Foreign, frame.Length, Shape: shape);
    }

    protected override int Write(Span<byte> frame)
    {
        var pduLength = Request.Write(frame[RtuFrame.HeaderLength..]);
        var length = RtuFrame.Write(frame, Unit, pduLength);
        frame[..length].CopyTo(_request);
        _isEchoDue = localEcho;
        return length;
    }

    private static AnswerShape ShapeOf(in RtuFrame frame)
    {
        var function = frame.Pdu[0];
        return (function & ReadAnswer.RefusalFlag) != 0
            ? new(frame.Unit, (ModbusFunction)(function & ~ReadAnswer.RefusalFlag), 0)
            : new(frame.Unit, (ModbusFunction)function, frame.Pdu[1]);
    }
}
