using System.Globalization;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Kpi.Tracking;

/// <summary>A state rule made ready for raw values.</summary>
internal sealed class StateMap
{
    private readonly Dictionary<long, TimeElement> _numbers = [];
    private readonly Dictionary<string, TimeElement> _texts = new(StringComparer.Ordinal);

    public StateMap(StateRule rule)
    {
        foreach (var (raw, element) in rule.Map)
        {
            _texts.Add(raw, element);
            if (long.TryParse(raw, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                _numbers[number] = element;
            }
        }
    }

    /// <returns>False if the value is in no row.</returns>
    public bool TryFind(ValueKind kind, long bits, TextCodes texts, out TimeElement element)
    {
        if (kind == ValueKind.Text)
        {
            return _texts.TryGetValue(texts[bits], out element);
        }

        element = TimeElement.Unknown;
        return RawValue.TryInteger(kind, bits, out var number) && _numbers.TryGetValue(number, out element);
    }
}
