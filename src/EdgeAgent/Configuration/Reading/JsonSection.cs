namespace EdgeAgent.Configuration.Reading;

/// <summary>
/// A JSON object being read. Asking for a key declares it: what nobody asked for is reported by <see cref="Finish"/> as
/// unknown, so the code that reads a record is the only list of its settings.
/// </summary>
internal sealed class JsonSection(JsonItem item, string path, Findings findings)
{
    // Secrets stand in files of their own, so that the folder can be copied, compared and hashed in the open.
    private static readonly Dictionary<string, string> SecretKeys = new(StringComparer.OrdinalIgnoreCase)
    {
        ["password"] = "passwordFile",
        ["passwd"] = "passwordFile",
        ["pwd"] = "passwordFile",
        ["密码"] = "passwordFile",
        ["口令"] = "passwordFile",
        ["token"] = "tokenFile",
        ["secret"] = "passwordFile",
        ["privateKey"] = "key",
    };

    private readonly List<string> _asked = [];

    public Findings Findings => findings;

    /// <summary>The keys asked for so far: once a record has been read, every setting it has.</summary>
    public IReadOnlyList<string> Known => _asked;

    /// <summary>The opening brace.</summary>
    public Place Place => item.Place;

    /// <summary>Every key, known or not; for objects whose keys the user chooses.</summary>
    public IEnumerable<JsonMember> Members => item.Members;

    /// <summary>The value of a key, missing if it is not there.</summary>
    public Field this[string name]
    {
        get
        {
            var value = Find(name);
            return value is null
                ? new Field(path + name, FieldKind.Missing, "", item.Place, findings)
                : new Field(path + name, value.Kind, value.Text, value.Place, findings);
        }
    }

    public bool Has(string name) => Find(name) is not null;

    /// <summary>The object of a key; null if it is not there or is not an object.</summary>
    public JsonSection? Section(string name)
    {
        var value = Find(name);
        return value is null || !Must(value, FieldKind.JsonObject, name, "{ … }")
            ? null
            : new JsonSection(value, $"{path}{name}.", findings);
    }

    /// <summary>An object with nothing in it: reading it gives every default.</summary>
    public static JsonSection Empty()
    {
        var nowhere = new SourceFile("", default, SourceFileState.Absent).Whole;
        return new JsonSection(new JsonItem(FieldKind.JsonObject, nowhere, "", [], []), "", new Findings());
    }

    /// <summary>The objects of a list; none if the key is not there.</summary>
    public IReadOnlyList<JsonSection> Sections(string name)
    {
        List<JsonSection> sections = [];
        foreach (var (element, index) in Elements(name, "[ { … } ]"))
        {
            if (Must(element, FieldKind.JsonObject, $"{name}[{index}]", "{ … }"))
            {
                sections.Add(new JsonSection(element, $"{path}{name}[{index}].", findings));
            }
        }

        return sections;
    }

    /// <summary>The values of a list; none if the key is not there.</summary>
    public IReadOnlyList<Field> Fields(string name, string example)
    {
        List<Field> fields = [];
        foreach (var (element, index) in Elements(name, $"[{example}]"))
        {
            fields.Add(new Field($"{path}{name}[{index}]", element.Kind, element.Text, element.Place, findings));
        }

        return fields;
    }

    /// <summary>Reports every key that nobody asked for.</summary>
    public void Finish()
    {
        foreach (var member in item.Members)
        {
            if (_asked.Contains(member.Name, StringComparer.Ordinal))
            {
                continue;
            }

            if (SecretKeys.TryGetValue(member.Name, out var instead))
            {
                findings.Error(
                    member.Place,
                    ($"{path}{member.Name} 把秘密写进了配置", $"{path}{member.Name} puts a secret into the configuration"),
                    ($"\"{instead}\": \"文件名\"，秘密只写在那个文件里（chmod 600）",
                        $"\"{instead}\": \"path\" of a file that holds nothing else (chmod 600)"));
                continue;
            }

            var suggestion = findings.Suggest(member.Name, _asked);
            findings.Error(
                member.Place,
                ($"不认识 {Quoted.Of(member.Name)}", $"unknown key {Quoted.Of(member.Name)}"),
                suggestion is null
                    ? ($"删除它；这里可以写：{string.Join(", ", _asked)}", $"remove it; known here: {string.Join(", ", _asked)}")
                    : (Bilingual)$"\"{suggestion}\"");
        }
    }

    private IEnumerable<(JsonItem Element, int Index)> Elements(string name, string example)
    {
        var value = Find(name);
        return value is null || !Must(value, FieldKind.JsonArray, name, example)
            ? []
            : value.Items.Select((element, index) => (element, index));
    }

    private bool Must(JsonItem value, FieldKind kind, string name, string example)
    {
        if (value.Kind == kind)
        {
            return true;
        }

        findings.Error(
            value.Place,
            ($"{path}{name} 应是：{kind.Described().Chinese}，写的是：{value.Kind.Described().Chinese}",
                $"{path}{name} must be {kind.Described().English}, but is {value.Kind.Described().English}"),
            $"\"{name}\": {example}");
        return false;
    }

    private JsonItem? Find(string name)
    {
        if (!_asked.Contains(name))
        {
            _asked.Add(name);
        }

        foreach (var member in item.Members)
        {
            if (member.Name == name)
            {
                return member.Value;
            }
        }

        return null;
    }
}
