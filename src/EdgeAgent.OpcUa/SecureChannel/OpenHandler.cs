using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.SecureChannel;

/// <summary>Takes the answer to OpenSecureChannel, the first and each renewal, on the receive loop.</summary>
internal sealed class OpenHandler(ClientChannel channel, byte[] clientNonce) : ResponseHandler
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the token is in use, or with the reason why not.</summary>
    public Task Opened => _opened.Task;

    public byte[] ClientNonce { get; } = clientNonce;

    /// <summary>The channel id in the frame header of the answer, which the body has to confirm.</summary>
    public uint FrameChannelId { get; set; }

    public override void OnResponse(uint encodingId, ref UaReader body)
    {
        try
        {
            channel.Install(this, Decode(encodingId, ref body));
            _opened.TrySetResult();
        }
        catch (OpcUaException failure)
        {
            SetFailure(failure);
            throw;
        }
    }

    /// <summary>A channel whose keys cannot be renewed ends now, not in the middle of something later.</summary>
    public override void OnFailure(OpcUaException failure)
    {
        SetFailure(failure);
        channel.Fail(failure);
    }

    private static OpenSecureChannelResponse Decode(uint encodingId, ref UaReader body)
    {
        if (encodingId == ServiceFault.EncodingId)
        {
            throw Refused(ServiceFault.Decode(ref body).ResponseHeader);
        }

        if (encodingId != OpenSecureChannelResponse.EncodingId)
        {
            throw new OpcUaException(
                StatusCodes.BadUnknownResponse, $"The server answered OpenSecureChannel with structure {encodingId}.");
        }

        var response = OpenSecureChannelResponse.Decode(ref body);
        return response.ResponseHeader.ServiceResult.IsBad ? throw Refused(response.ResponseHeader) : response;
    }

    private void SetFailure(OpcUaException failure)
    {
        _opened.TrySetException(failure);

        // Nobody awaits a renewal; this says that the failure has been seen all the same.
        _ = _opened.Task.Exception;
    }

    private static OpcUaException Refused(ResponseHeader header) => new(
        header.ServiceResult.IsBad ? header.ServiceResult : StatusCodes.BadUnknownResponse,
        "The server refused OpenSecureChannel.");
}
