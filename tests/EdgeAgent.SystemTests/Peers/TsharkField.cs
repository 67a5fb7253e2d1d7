using System.Xml;

namespace EdgeAgent.SystemTests.Peers;

/// <summary>A field of a decoded message and the fields in it, as tshark's PDML gives them.</summary>
/// <param name="Name">For example opcua.Double; empty for a structure.</param>
/// <param name="Show">The value as text; for a structure its own name and that of its type.</param>
/// <param name="ShowName">The field's name and its value as text.</param>
/// <param name="Value">Its bytes on the wire, in hexadecimal.</param>
internal sealed record TsharkField(string Name, string Show, string ShowName, string Value)
{
    /// <summary>Without the bits of a mask, which are shown as fields of it.</summary>
    public List<TsharkField> Fields { get; } = [];

    public byte[] Bytes => Convert.FromHexString(Value);

    public static TsharkField Read(XmlReader reader)
    {
        var open = new Stack<TsharkField>();
        TsharkField? root = null;
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.EndElement)
            {
                open.Pop();
            }
            else if (reader.NodeType == XmlNodeType.Element)
            {
                var field = new TsharkField(
                    reader.GetAttribute("name") ?? "",
                    reader.GetAttribute("show") ?? "",
                    reader.GetAttribute("showname") ?? "",
                    reader.GetAttribute("value") ?? "");
                var isBit = reader.GetAttribute("unmaskedvalue") is not null;
                if (open.TryPeek(out var parent) && !isBit)
                {
                    parent.Fields.Add(field);
                }

                root ??= field;
                if (!reader.IsEmptyElement)
                {
                    open.Push(field);
                }
            }
        }

        return root!;
    }

    /// <summary>The first field of this name, at any depth.</summary>
    public TsharkField? Find(string name) =>
        Name == name ? this : Fields.Select(field => field.Find(name)).FirstOrDefault(found => found is not null);

    /// <summary>The structure of this type directly in this one, for example Variant.</summary>
    public TsharkField? Structure(string type) =>
        Fields.FirstOrDefault(field => field.Name.Length == 0 && field.IsA(type));

    public bool IsA(string type) => Show == type || Show.EndsWith(": " + type, StringComparison.Ordinal);

    public TsharkField? Field(string name) => Fields.FirstOrDefault(field => field.Name == name);
}
