using EdgeAgent.Modbus;

namespace EdgeAgent.Sources.Modbus;

/// <summary>What a Modbus source has done since its start.</summary>
/// <param name="Polls">Polls that ended as samples, good or bad.</param>
/// <param name="SkippedPolls">Polls that fell due and were not made; each lies inside a gap.</param>
/// <param name="Requests">Requests sent.</param>
/// <param name="Answers">Requests answered with data.</param>
/// <param name="Refusals">Requests refused with an exception code.</param>
/// <param name="Timeouts">Requests without an answer in time.</param>
/// <param name="GarbledAnswers">Answers that were not what was asked.</param>
/// <param name="ForeignFrames">Late, repeated or other clients' frames that were dropped.</param>
/// <param name="DrainedBytes">Bytes thrown away while waiting for silence.</param>
/// <param name="HeldBackRequests">Requests not sent because a late answer could have passed for theirs.</param>
/// <param name="Connections">Connections opened.</param>
/// <param name="FailedConnections">Connections that could not be opened.</param>
/// <param name="LastRefusal">The last exception code received, raw.</param>
internal sealed record ModbusSourceCounters(
    long Polls, long SkippedPolls, long Requests, long Answers, long Refusals, long Timeouts, long GarbledAnswers,
    long ForeignFrames, long DrainedBytes, long HeldBackRequests, long Connections, long FailedConnections,
    ModbusExceptionCode LastRefusal);
