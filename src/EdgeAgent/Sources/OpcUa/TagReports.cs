using EdgeAgent.Core.Model;
using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.Sources.OpcUa;

/// <summary>Says once of each tag why it cannot be read, and what to do.</summary>
internal sealed partial class TagReports(string source, IReadOnlyList<OpcUaTag> tags, TagTable table, ILogger logger)
{
    // A table full of mistakes is one mistake; nobody reads more lines.
    private const int LinesMax = 50;

    private readonly bool[] _isReported = new bool[tags.Count];
    private int _lines;

    public void Bad(uint handle, StatusCode status)
    {
        if (MayReport(handle))
        {
            LogBad(
                logger, source, NameOf(handle), tags[(int)handle].Address.ToString(),
                new EdgeAgent.OpcUa.StatusCode(status.Value).ToString(), OpcUaRemedy.OfTag(status));
        }
    }

    public void Mismatch(uint handle, BuiltInType type)
    {
        if (MayReport(handle))
        {
            LogMismatch(
                logger, source, NameOf(handle), tags[(int)handle].Address.ToString(), type.ToString(),
                NodeText.TypeFor(type) is { } word ? $"write type {word} in tags.csv" : "name a field or another node");
        }
    }

    public string NameOf(uint handle) => table[tags[(int)handle].TagIndex].Id;

    private bool MayReport(uint handle)
    {
        if (_isReported[handle])
        {
            return false;
        }

        _isReported[handle] = true;
        if (_lines++ == LinesMax)
        {
            LogMore(logger, source);
        }

        return _lines <= LinesMax;
    }
}
