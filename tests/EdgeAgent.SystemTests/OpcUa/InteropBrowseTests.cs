using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.SystemTests.OpcUa;

/// <summary>Walking through the address space of node-opcua.</summary>
[Collection(InteropCollection.Name)]
public sealed class InteropBrowseTests(InteropRig rig)
{
    private const int Depth = 40;
    private const int Width = 1_200;
    private static readonly NodeId Objects = new(85);
    private static readonly NodeId Organizes = new(35);

    [Fact]
    public async Task A_deep_and_wide_tree_is_walked_to_its_ends()
    {
        await using var session = await rig.ConnectAsync(isEncrypted: false);

        var walk = await InteropWalk.AsyncOf(session);

        var bottom = walk.PathOf(walk.Ids.IndexOf(session.OnLine("Tree.Bottom")));
        var levels = string.Join('/', Enumerable.Range(1, Depth).Select(level => $"Level{level}"));
        Assert.Equal($"Line/Tree/{levels}/Tree.Bottom", bottom);
        Assert.Equal(Width, walk.Ids.Count(id => id.Text?.StartsWith("Tree.Wide.", StringComparison.Ordinal) == true));

        // Both namespaces have a node of this name, and each is another one.
        Assert.Contains(session.OnLine("Counter"), walk.Ids);
        Assert.Contains(session.Resolve("nsu=urn:edgeagent:peer:press;s=Counter"), walk.Ids);
    }

    [Fact]
    public async Task A_path_of_names_leads_to_its_node()
    {
        await using var session = await rig.ConnectAsync(isEncrypted: false);
        var line = session.OnLine("x").NamespaceIndex;
        BrowsePath Path(params string[] names) => new()
        {
            StartingNode = Objects,
            RelativePath = new()
            {
                Elements =
                [
                    .. names.Select(name => new RelativePathElement
                    {
                        ReferenceTypeId = Organizes,
                        IncludeSubtypes = true,
                        TargetName = new(line, name),
                    }),
                ],
            },
        };

        var results = await session.TranslateAsync(
            [Path("Line", "Tree", "Level1", "Level2"), Path("Line", "Nowhere")], TestContext.Current.CancellationToken);

        var target = Assert.Single(results[0].Targets);
        Assert.Equal(session.OnLine("Tree.Level2"), target.TargetId.NodeId);
        Assert.Equal(StatusCodes.BadNoMatch, results[1].StatusCode.Code);
    }
}
