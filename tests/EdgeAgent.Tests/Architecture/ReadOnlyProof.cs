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
        ["SetTriggering"] = 775,
    }.ToFrozenDictionary();

    // The id of DeleteNodes is also half a second and many other things: only as an EncodingId does it mean that.
    private const long Everyday = 500;

    // Requests that only certain methods may build.
    private static readonly string[] Guarded =
        ["CallRequest", "CallMethodRequest", "SetMonitoringModeRequest", "SetPublishingModeRequest"];

    /// <summary>Name and id of every request that may be there.</summary>
    public required IReadOnlyDictionary<string, long> Requests { get; init; }

    /// <summary>
    /// "Type.Method" of every method that may build a guarded request, besides those of the request itself.
    /// </summary>
    public required IReadOnlySet<string> Builders { get; init; }

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
               from constant in method.Constants.Distinct()
               from service in Forbidden
               where service.Value == constant && constant != Everyday
               select $"{method.Type}.{method.Name} loads {constant}, the id of {service.Key}",
            .. from method in methods
               let name = $"{method.Type}.{method.Name}"
               where !Builders.Contains(name)
               from type in Guarded
               where type != method.Type
                   && (method.Created.Contains(type) || method.Called.Contains($"{type}.<Clone>$"))
               select $"{name} builds a {type}",
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
