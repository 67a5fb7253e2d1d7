using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>Awaits one answer that is read on the receive loop, so that its values become no objects.</summary>
internal abstract class ServiceHandler(uint expectedId) : ResponseHandler
{
    private readonly TaskCompletionSource<StatusCode> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Good, the server's refusal, or why there was no answer.</summary>
    public async Task<StatusCode> AnswerAsync(CancellationToken cancellationToken)
    {
        await using (cancellationToken.UnsafeRegister(
            static (handler, token) => ((ServiceHandler)handler!)._answer.TrySetCanceled(token), this))
        {
            return await _answer.Task;
        }
    }

    public sealed override void OnResponse(uint encodingId, ref UaReader body)
    {
        StatusCode status;
        try
        {
            status = encodingId == expectedId
                ? Read(ref body)
                : encodingId == ServiceFault.EncodingId
                ? ResponseHeader.Decode(ref body).ServiceResult
                : StatusCodes.BadUnknownResponse;
        }
        catch (OpcUaException malformed)
        {
            _answer.TrySetResult(malformed.Status);
            throw;
        }

        _answer.TrySetResult(status);
    }

    public sealed override void OnFailure(OpcUaException failure) => _answer.TrySetResult(failure.Status);

    /// <summary>Reads a response of the right type.</summary>
    protected abstract StatusCode Read(ref UaReader body);
}
