using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace EdgeAgent.Tests.Architecture;

/// <summary>What is really in a compiled assembly, whatever its sources look like.</summary>
internal sealed class CompiledAssembly : IDisposable
{
    private const byte GenericInstance = 0x15;

    private readonly PEReader _file;
    private readonly MetadataReader _metadata;

    public CompiledAssembly(string path)
    {
        _file = new(File.OpenRead(path));
        _metadata = _file.GetMetadataReader();
    }

    /// <summary>A method with the names of what it creates, what it calls, and the constants it loads.</summary>
    public sealed record Method(
        string Type,
        string Name,
        IReadOnlyList<string> Created,
        IReadOnlyList<string> Called,
        IReadOnlyList<long> Constants);

    /// <summary>All type names, nested ones too, without namespace.</summary>
    public IReadOnlyList<string> TypeNames =>
        [.. _metadata.TypeDefinitions.Select(handle => NameOf(_metadata.GetTypeDefinition(handle)))];

    /// <summary>All texts that methods load.</summary>
    public IReadOnlyList<string> Texts
    {
        get
        {
            List<string> texts = [];
            var handle = MetadataTokens.UserStringHandle(1);
            do
            {
                texts.Add(_metadata.GetUserString(handle));
                handle = _metadata.GetNextHandle(handle);
            }
            while (!handle.IsNil);

            return texts;
        }
    }

    public IEnumerable<Method> Methods =>
        from handle in _metadata.MethodDefinitions
        let method = _metadata.GetMethodDefinition(handle)
        where method.RelativeVirtualAddress != 0
        select Read(method);

    /// <summary>Names of the types that implement a generic interface.</summary>
    public IReadOnlyList<string> Implementing(string interfaceName) =>
    [
        .. from handle in _metadata.TypeDefinitions
           let type = _metadata.GetTypeDefinition(handle)
           where type.GetInterfaceImplementations()
               .Select(one => _metadata.GetInterfaceImplementation(one).Interface)
               .Any(one => NameOf(one) == interfaceName)
           select NameOf(type),
    ];

    /// <summary>Members of other assemblies' types that are used here.</summary>
    public IReadOnlyList<(string Type, string Member)> UsedMembers =>
    [
        .. _metadata.MemberReferences
            .Select(_metadata.GetMemberReference)
            .Select(member => (NameOf(member.Parent), _metadata.GetString(member.Name))),
    ];

    public void Dispose() => _file.Dispose();

    private Method Read(MethodDefinition method)
    {
        List<string> created = [], called = [];
        List<long> constants = [];
        foreach (var instruction in IlCode.Read(_file.GetMethodBody(method.RelativeVirtualAddress)))
        {
            if (IlCode.Constant(instruction) is { } constant)
            {
                constants.Add(constant);
            }
            else if (instruction.Code == OpCodes.Newobj)
            {
                created.Add(MemberOf((int)instruction.Operand).Type);
            }
            else if (instruction.Code == OpCodes.Call || instruction.Code == OpCodes.Callvirt)
            {
                var (type, name) = MemberOf((int)instruction.Operand);
                called.Add($"{type}.{name}");
            }
        }

        return new(
            NameOf(_metadata.GetTypeDefinition(method.GetDeclaringType())),
            _metadata.GetString(method.Name), created, called, constants);
    }

    private (string Type, string Name) MemberOf(int token)
    {
        var handle = MetadataTokens.EntityHandle(token);
        if (handle.Kind == HandleKind.MethodSpecification)
        {
            handle = _metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method;
        }

        if (handle.Kind == HandleKind.MethodDefinition)
        {
            var method = _metadata.GetMethodDefinition((MethodDefinitionHandle)handle);
            return (NameOf(_metadata.GetTypeDefinition(method.GetDeclaringType())), _metadata.GetString(method.Name));
        }

        var member = _metadata.GetMemberReference((MemberReferenceHandle)handle);
        return (NameOf(member.Parent), _metadata.GetString(member.Name));
    }

    private string NameOf(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeDefinition => NameOf(_metadata.GetTypeDefinition((TypeDefinitionHandle)handle)),
        HandleKind.TypeReference => _metadata.GetString(_metadata.GetTypeReference((TypeReferenceHandle)handle).Name),
        HandleKind.TypeSpecification => NameOf((TypeSpecificationHandle)handle),
        _ => "",
    };

    private string NameOf(TypeDefinition type) => _metadata.GetString(type.Name);

    // ECMA-335, II.23.2.14: GENERICINST, CLASS or VALUETYPE, the type; others are arrays and the like.
    private string NameOf(TypeSpecificationHandle handle)
    {
        var blob = _metadata.GetBlobReader(_metadata.GetTypeSpecification(handle).Signature);
        if (blob.ReadByte() != GenericInstance)
        {
            return "";
        }

        blob.ReadByte();
        return NameOf(blob.ReadTypeHandle());
    }
}
