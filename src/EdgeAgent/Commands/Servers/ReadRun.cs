using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Session;
using StatusCodes = EdgeAgent.OpcUa.StatusCodes;

namespace EdgeAgent.Commands.Servers;

/// <summary>Reads nodes once and writes a block for each.</summary>
internal sealed class ReadRun(IReadOnlyList<NodeAddress> addresses, TextWriter output)
{
    private const int LabelWidth = 26;

    public async Task<int> RunAsync(ClientSession session, CancellationToken cancellationToken)
    {
        var ids = new NodeId?[addresses.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = session.Namespaces.TryResolve(addresses[i], out var id) ? id : null;
        }

        var known = ids.OfType<NodeId>().ToArray();
        var values = await session.ReadAsync(
            [.. known.Select(id => new ReadValueId { NodeId = id, AttributeId = AttributeIds.Value })],
            TimestampsToReturn.Both,
            TimeSpan.Zero,
            cancellationToken);
        var names = await session.ReadAttributeAsync(known, AttributeIds.DisplayName, cancellationToken);
        var types = await session.ReadAttributeAsync(known, AttributeIds.DataType, cancellationToken);
        var dataTypes = types.Select(type => type.Value.Object as NodeId? ?? NodeId.Null).ToArray();
        await session.DataTypes.LoadAsync(dataTypes, cancellationToken);

        var text = new ValueText(session.DataTypes.Table, session.Settings.Decoding);
        var isGood = true;
        for (int i = 0, read = 0; i < ids.Length; i++)
        {
            output.WriteLine(TerminalText.Of(addresses[i].ToString()));
            if (ids[i] is null)
            {
                Line("状态 / status", $"{new StatusCode(StatusCodes.BadNodeIdUnknown)}");
                Line("", $"服务器没有这个命名空间 / the server has no namespace {addresses[i].NamespaceUri}");
                isGood = false;
                continue;
            }

            Write(text, names[read], values[read], dataTypes[read]);
            isGood &= !values[read].Status.IsBad;
            read++;
        }

        return isGood ? ExitCode.Ok : ExitCode.Failed;
    }

    private void Write(ValueText text, DataValue name, DataValue value, NodeId dataType)
    {
        if (name.Value.AsString() is { } displayName)
        {
            Line("名称 / name", displayName);
        }

        Line("值 / value", text.Of(value.Value, dataType));
        Line("类型 / type", value.Value.IsNull ? "-" : ValueText.TypeOf(value.Value));
        WriteStatus(value.Status);
        Line("源时间 / source time", value.SourceTime.ToString());
        Line("服务器时间 / server time", value.ServerTime.ToString());
    }

    private void WriteStatus(StatusCode status)
    {
        var overflow = status.HasOverflow ? " (overflow)" : "";
        Line("状态 / status", $"{status} 0x{status.Value:X8}{overflow}");
        if (NodeAdvice.Of(status) is { } advice)
        {
            Line("", $"{advice.Chinese} / {advice.English}");
        }
    }

    private void Line(string label, string value) =>
        output.WriteLine($"  {TextWidth.Pad(label, LabelWidth)}{TerminalText.Of(value)}");
}
