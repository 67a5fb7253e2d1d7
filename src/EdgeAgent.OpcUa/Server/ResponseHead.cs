using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Server;

/// <summary>The beginning of a response, without an object for its header.</summary>
internal static class ResponseHead
{
    public static void Write(UaWriter writer, uint encodingId, UaDateTime now, uint requestHandle, StatusCode result)
    {
        writer.Reset();
        writer.WriteEncodingId(encodingId);
        writer.WriteDateTime(now);
        writer.WriteUInt32(requestHandle);
        writer.WriteStatusCode(result);
        writer.WriteDiagnosticInfo(null);
        writer.WriteInt32(-1);
        writer.WriteExtensionObject(default);
    }

    public static void WriteFault(UaWriter writer, UaDateTime now, uint requestHandle, StatusCode result) =>
        Write(writer, ServiceFault.EncodingId, now, requestHandle, result);
}
