using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.SecureChannel;

/// <summary>Decodes one response for a caller who awaits it.</summary>
/// <param name="requestName">For messages.</param>
internal sealed class CallHandler<TResponse>(string requestName) : ResponseHandler
    where TResponse : IUaResponse<TResponse>
{
    // The caller's code must not run on the receive loop.
    private readonly TaskCompletionSource<TResponse> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<TResponse> Answer => _answer.Task;

    public override void OnResponse(uint encodingId, ref UaReader body)
    {
        try
        {
            if (encodingId == TResponse.EncodingId)
            {
                var response = TResponse.Decode(ref body);
                CheckEnd(body.Remaining);
                Complete(response, response.ResponseHeader);
            }
            else if (encodingId == ServiceFault.EncodingId)
            {
                var fault = ServiceFault.Decode(ref body);
                CheckEnd(body.Remaining);
                _answer.TrySetException(Refused(fault.ResponseHeader));
            }
            else
            {
                throw new OpcUaException(
                    StatusCodes.BadUnknownResponse,
                    $"The server answered {requestName} with structure {encodingId}, not {TResponse.EncodingId}.");
            }
        }
        catch (OpcUaException failure)
        {
            _answer.TrySetException(failure);
            throw;
        }
    }

    public override void OnFailure(OpcUaException failure) => _answer.TrySetException(failure);

    public void Cancel(CancellationToken cancellationToken) => _answer.TrySetCanceled(cancellationToken);

    private void Complete(TResponse response, ResponseHeader header)
    {
        if (header.ServiceResult.IsBad)
        {
            _answer.TrySetException(Refused(header));
        }
        else
        {
            _answer.TrySetResult(response);
        }
    }

    private void CheckEnd(int remaining)
    {
        if (remaining > 0)
        {
            throw new OpcUaException(
                StatusCodes.BadDecodingError, $"{remaining} bytes are left over behind the answer to {requestName}.");
        }
    }

    // A fault without an error would be taken for an answer.
    private OpcUaException Refused(ResponseHeader header) => new(
        header.ServiceResult.IsBad ? header.ServiceResult : StatusCodes.BadUnknownResponse,
        $"The server refused {requestName}.");
}
