using System.Collections.Frozen;

namespace EdgeAgent.Tests.Architecture;

/// <summary>
/// What may be in an assembly that can only read: the requests of a list and no others, and calls of two methods. Looks
/// at what was compiled.
/// </summary>
internal sealed record ReadOnlyProof
{
    // Services that change something, or that nobody here needs, with the ids of their requests (Part 6, annex A).
    private static readonly FrozenDictionary<string, long> Forbidden = new Dictionary<string, long>
    {
        ["RegisterServer"] = 437,
        ["RegisterServer2"] = 12211,
        ["FindServersOnNetwork"] = 12208,
        ["Cancel"] = 479,
        ["AddNodes"] = 488,
        ["AddReferences"] = 494,
        ["DeleteNodes"] = 500,
        ["DeleteReferences"] = 506,
        ["RegisterNodes"] = 560,
        ["UnregisterNodes"] = 566,
        ["QueryFirst"] = 615,
        ["QueryNext"] = 621,
        ["Write"] = 673,
        ["HistoryUpdate"] = 700,
        ["SetMonitoringMode"] = 769,
        ["SetTriggering"] = 775,
        ["SetPublishingMode"] = 799,
    }.ToFrozenDictionary();

    private static readonly string[] CallTypes = ["CallRequest", "CallMethodRequest"];

    /// <summary>Name and id of every request that may be there.</summary>
    public required IReadOnlyDictionary<string, long> Requests { get; init; }

    /// <summary>"Type.Method" of every method that may build a call.</summary>
    public required IReadOnlySet<string> CallBuilders { get; init; }

    /// <summary>"Type.Method" of methods that load one of the forbidden ids as an ordinary number.</summary>
    public IReadOnlySet<string> Numbers { get; init; } = FrozenSet<string>.Empty;

    public IReadOnlyList<string> Findings(CompiledAssembly assembly)
    {
        var methods = assembly.Methods.ToList();
        var ids = methods.Where(method => method.Name == "get_EncodingId")
            .ToDictionary(method => method.Type, method => method.Constants is [var id] ? id : -1);
        return
        [
            .. RequestFindings(assembly.Implementing("IUaRequest`2"), ids),
            .. NameFindings(assembly),
            .. from method in methods
               let name = $"{method.Type}.{method.Name}"
               where !Numbers.Contains(name)
               from constant in method.Constants.Distinct()
               where Forbidden.Values.Contains(constant)
               select $"{name} loads {constant}, the id of {Forbidden.First(pair => pair.Value == constant).Key}",
            .. from method in methods
               where method.Created.Intersect(CallTypes).Any()
                   || method.Called.Any(called => CallTypes.Any(type => called == $"{type}.<Clone>$"))
               let name = $"{method.Type}.{method.Name}"
               where !CallBuilders.Contains(name)
               select $"{name} builds a call",
        ];
    }

    private IEnumerable<string> RequestFindings(IReadOnlyList<string> found, Dictionary<string, long> ids)
    {
        foreach (var request in found)
        {
            // The one that takes its id from another request has no constant of its own.
            var id = ids.GetValueOrDefault(request, -1);
            if (!Requests.TryGetValue(request, out var allowed))
            {
                yield return $"{request} is a request that is not on the list";
            }
            else if (id != allowed && id != -1)
            {
                yield return $"{request} has the id {id}, not {allowed}";
            }
        }

        foreach (var missing in Requests.Keys.Except(found))
        {
            yield return $"{missing} is on the list and not in the assembly";
        }

        foreach (var (type, id) in ids.Where(pair => Forbidden.Values.Contains(pair.Value)))
        {
            yield return $"{type} has the id {id}";
        }
    }

    private static IEnumerable<string> NameFindings(CompiledAssembly assembly)
    {
        foreach (var service in Forbidden.Keys)
        {
            string[] names = [$"{service}Request", $"{service}Response", $"{service}Async"];
            foreach (var name in assembly.TypeNames.Concat(assembly.Texts).Where(names.Contains))
            {
                yield return $"{name} is named";
            }

            foreach (var method in assembly.Methods.Where(method => method.Name == $"{service}Async"))
            {
                yield return $"{method.Type}.{method.Name} is a method";
            }
        }
    }
}
