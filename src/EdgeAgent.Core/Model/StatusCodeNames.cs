using System.Collections.Frozen;
using System.Reflection;

namespace EdgeAgent.Core.Model;

/// <summary>The names under which people know the status codes this product itself produces.</summary>
internal static class StatusCodeNames
{
    private static readonly FrozenDictionary<uint, string> Names = typeof(StatusCode)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.FieldType == typeof(StatusCode))
        .ToFrozenDictionary(field => ((StatusCode)field.GetValue(null)!).Value, field => field.Name);

    public static string? Find(StatusCode status) => Names.GetValueOrDefault(status.Code.Value);
}
