using EdgeAgent.Modbus.Framing;

namespace EdgeAgent.Modbus.Client;

/// <summary>
/// One question at a time: frames the request and judges what comes back. Knows neither socket nor clock.
/// </summary>
internal abstract class Dialogue
{
    /// <summary>Bytes the receive buffer must hold: the largest legal frame, with whatever precedes it.</summary>
    public abstract int BufferLength { get; }

    /// <summary>Whether answers are told apart by shape alone, so that a <see cref="LateAnswerGuard"/> is needed.</summary>
    public abstract bool NeedsGuard { get; }

    /// <summary>The request that waits.</summary>
    protected ReadRequest Request { get; private set; }

    protected byte Unit { get; private set; }

    protected int ByteCount { get; private set; }

    /// <summary>Begins a new question and writes its frame.</summary>
    /// <returns>Bytes written.</returns>
    public int Ask(byte unit, in ReadRequest request, Span<byte> frame)
    {
        Unit = unit;
        Request = request;
        ByteCount = request.Function.ByteCount(request.Quantity);
        return Write(frame);
    }

    /// <summary>Judges the front of the receive buffer.</summary>
    /// <exception cref="ModbusProtocolException">The bytes are no frame of the protocol.</exception>
    public abstract Judgement Judge(ReadOnlySpan<byte> received);

    protected abstract int Write(Span<byte> frame);

    protected Judgement JudgePdu(ReadOnlySpan<byte> pdu, int pduOffset, int frameLength) =>
        ReadAnswer.TryRead(pdu, Request.Function, ByteCount, out var answer)
            ? new(Verdict.Answer, frameLength, pduOffset + ReadAnswer.DataOffset, answer.Refusal)
            : new(Verdict.Garbled, frameLength);
}
