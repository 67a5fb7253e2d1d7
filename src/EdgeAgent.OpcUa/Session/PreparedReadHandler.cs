using System.Threading.Tasks.Sources;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Session;

/// <summary>
/// Decodes ReadResponses (Part 4, 5.11.2.2) into columns on the receive loop and wakes the one who waits:
/// <code>
///   ResponseHeader │ count:4 │ DataValues │ count:4 │ DiagnosticInfos
/// </code>
/// </summary>
internal sealed class PreparedReadHandler : ResponseHandler, IValueTaskSource
{
    private static readonly uint FaultId = ServiceFault.EncodingId;
    private static readonly uint ResponseId = ReadResponse.EncodingId;

    private ManualResetValueTaskSourceCore<bool> _answer = new() { RunContinuationsAsynchronously = true };
    private PreparedReadRequest? _request;
    private ValueColumns? _values;

    public ValueTask Await(PreparedReadRequest request, ValueColumns values)
    {
        _answer.Reset();
        (_request, _values) = (request, values);
        return new(this, _answer.Version);
    }

    public override void OnResponse(uint encodingId, ref UaReader body)
    {
        try
        {
            Decode(encodingId, ref body);
        }
        catch (OpcUaException failure)
        {
            OnFailure(failure);
            throw;
        }
    }

    public override void OnFailure(OpcUaException failure) => _answer.SetException(failure);

    public void GetResult(short token) => _answer.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _answer.GetStatus(token);

    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _answer.OnCompleted(continuation, state, token, flags);

    private void Decode(uint encodingId, ref UaReader body)
    {
        if (encodingId != ResponseId && encodingId != FaultId)
        {
            throw new OpcUaException(
                StatusCodes.BadUnknownResponse, $"The answer to a Read has the encoding id {encodingId}.");
        }

        body.ReadDateTime();
        body.ReadUInt32();
        var result = body.ReadStatusCode();
        body.ReadDiagnosticInfo();
        body.ReadStrings();
        body.ReadExtensionObject();
        if (result.IsBad || encodingId == FaultId)
        {
            OnFailure(new(result, "The server refused to read."));
            return;
        }

        var handles = _request!.Handles;
        var count = body.ReadCount(1, 0);
        if (count != handles.Length)
        {
            OnFailure(new(
                StatusCodes.BadUnknownResponse, $"The server has answered {count} of {handles.Length} operations."));
            return;
        }

        _values!.Reserve(count);
        foreach (var handle in handles)
        {
            _values.Add(handle, ref body);
        }

        body.ReadDiagnosticInfos();
        body.ExpectEnd();
        _answer.SetResult(true);
    }
}
