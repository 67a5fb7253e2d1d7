using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Server;

/// <summary>Whether a sampled value is a change worth telling (Part 4, 7.22.2).</summary>
/// <param name="Trigger">Of what a change counts.</param>
/// <param name="Deadband">
/// How far a number may move unnoticed; 0: every change counts. A percentage is resolved already.
/// </param>
internal readonly record struct DeadbandFilter(DataChangeTrigger Trigger, double Deadband)
{
    public static readonly DeadbandFilter Default = new(DataChangeTrigger.StatusValue, 0);

    /// <param name="filter">The filter of the request; None takes the default.</param>
    /// <param name="type">The type of the item's value.</param>
    /// <param name="range">The EURange of the item, which a percentage needs (Part 8, 6.2).</param>
    public static DeadbandFilter Of(
        ExtensionObject filter, BuiltInType type, Services.Range? range, DecodingLimits limits, out StatusCode status)
    {
        status = StatusCodes.Good;
        if (filter.Encoding == ExtensionObjectBody.None)
        {
            return Default;
        }

        if (filter.As<DataChangeFilter>(limits) is not { } change)
        {
            status = StatusCodes.BadMonitoredItemFilterUnsupported;
            return Default;
        }

        var isNumber = type is >= BuiltInType.SByte and <= BuiltInType.Double;
        switch ((DeadbandType)change.DeadbandType)
        {
            case DeadbandType.None:
                return new(change.Trigger, 0);
            case DeadbandType.Absolute when isNumber && change.DeadbandValue >= 0:
                return new(change.Trigger, change.DeadbandValue);
            case DeadbandType.Percent when isNumber && range is not null && change.DeadbandValue is >= 0 and <= 100:
                return new(change.Trigger, change.DeadbandValue / 100 * (range.High - range.Low));
            case DeadbandType.Percent when isNumber && range is null:
                status = StatusCodes.BadMonitoredItemFilterUnsupported;
                return Default;
            default:
                status = isNumber ? StatusCodes.BadDeadbandFilterInvalid : StatusCodes.BadFilterNotAllowed;
                return Default;
        }
    }

    public bool IsChange(
        in Variant last, StatusCode lastStatus, UaDateTime lastTime,
        in Variant value, StatusCode status, UaDateTime time)
    {
        if (status != lastStatus)
        {
            return true;
        }

        if (Trigger == DataChangeTrigger.Status)
        {
            return false;
        }

        if (Trigger == DataChangeTrigger.StatusValueTimestamp && time != lastTime)
        {
            return true;
        }

        if (value == last)
        {
            return false;
        }

        return Deadband == 0
            || value.AsDouble() is not { } now || last.AsDouble() is not { } before
            || !(Math.Abs(now - before) <= Deadband);
    }
}
