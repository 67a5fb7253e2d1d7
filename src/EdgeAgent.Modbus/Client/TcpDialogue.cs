using EdgeAgent.Modbus.Framing;

namespace EdgeAgent.Modbus.Client;

/// <summary>
/// Questions in MBAP frames. The identifiers count up and come round after 65,536 requests, which at one request in
/// flight is longer than any answer is late.
/// </summary>
internal sealed class TcpDialogue(bool acceptZeroTransactionId, bool acceptUnitMismatch) : Dialogue
{
    private const byte AnyUnit = 0xFF;

    private ushort _transactionId;

    public override int BufferLength => MbapFrame.MaxLength;

    public override bool NeedsGuard => acceptZeroTransactionId;

    public override Judgement Judge(ReadOnlySpan<byte> received)
    {
        if (!MbapFrame.TryRead(received, out var frame))
        {
            return new(Verdict.Incomplete);
        }

        var isAnonymous = acceptZeroTransactionId && frame.TransactionId == 0;
        if (frame.TransactionId != _transactionId && !isAnonymous)
        {
            return new(Verdict.Foreign, frame.Length);
        }

        if (frame.Unit != Unit && !(acceptUnitMismatch && frame.Unit == AnyUnit))
        {
            return new(Verdict.Garbled, frame.Length);
        }

        return JudgePdu(frame.Pdu, MbapFrame.HeaderLength, frame.Length);
    }

    protected override int Write(Span<byte> frame)
    {
        // 0 is left to the gateways that know nothing else.
        _transactionId = _transactionId == ushort.MaxValue ? (ushort)1 : (ushort)(_transactionId + 1);
        var pduLength = Request.Write(frame[MbapFrame.HeaderLength..]);
        return MbapFrame.Write(frame, _transactionId, Unit, pduLength);
    }
}
