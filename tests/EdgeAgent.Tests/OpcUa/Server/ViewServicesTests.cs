using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Server;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.Tests.OpcUa.Server;

public sealed class ViewServicesTests : IDisposable
{
    private static readonly NodeId Hierarchical = new(33);

    private readonly ServerRig _rig = new();

    public ViewServicesTests()
    {
        var folder = _rig.Space.AddFolder(AddressSpace.Objects, _rig.Id("Folder"), "Folder");
        for (var i = 0; i < 10; i++)
        {
            _rig.Space.AddVariable(folder, _rig.Id($"V{i}"), $"V{i}", BuiltInType.Double);
        }

        _rig.Open();
    }

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void A_folder_shows_its_variables_with_all_that_is_asked()
    {
        var result = Browse(_rig.Id("Folder"));

        Assert.Equal(
            Enumerable.Range(0, 10).Select(i => $"V{i}"), result.References.Select(one => one.BrowseName.Name));
        var first = result.References[0];
        Assert.Equal(new NodeId(47), first.ReferenceTypeId);
        Assert.True(first.IsForward);
        Assert.Equal(_rig.Id("V0"), first.NodeId.NodeId);
        Assert.Equal(NodeClass.Variable, first.NodeClass);
        Assert.Equal(new NodeId(63), first.TypeDefinition.NodeId);
        Assert.Null(result.ContinuationPoint);
    }

    [Fact]
    public void A_result_mask_leaves_out_the_rest()
    {
        var reference = Browse(_rig.Id("Folder"), mask: 0).References[0];

        Assert.Equal(_rig.Id("V0"), reference.NodeId.NodeId);
        Assert.Equal(
            (default, null, default), (reference.ReferenceTypeId, reference.BrowseName.Name, reference.NodeClass));
    }

    [Fact]
    public void A_long_folder_is_browsed_in_pages()
    {
        var result = Browse(_rig.Id("Folder"), most: 4);
        var found = result.References.ToList();
        while (result.ContinuationPoint is { } point)
        {
            Assert.Equal(4, result.References.Count);
            result = Next(point);
            found.AddRange(result.References);
            Assert.Equal(new StatusCode(StatusCodes.BadContinuationPointInvalid), Next(point).StatusCode);
        }

        Assert.Equal(10, found.Count);
        Assert.Equal(10, found.Select(one => one.NodeId).Distinct().Count());
    }

    [Fact]
    public void A_page_that_ends_with_the_folder_has_no_continuation() =>
        Assert.Null(Browse(_rig.Id("Folder"), most: 10).ContinuationPoint);

    [Fact]
    public void A_continuation_that_is_released_is_gone()
    {
        var point = Browse(_rig.Id("Folder"), most: 4).ContinuationPoint;

        Assert.Equal(StatusCode.Good, Next(point, release: true).StatusCode);
        Assert.Equal(new StatusCode(StatusCodes.BadContinuationPointInvalid), Next(point).StatusCode);
    }

    [Fact]
    public void Too_many_continuations_push_out_the_oldest()
    {
        using var rig = new ServerRig(new() { Limits = new() { ContinuationPoints = 2 } });
        rig.Open();
        var points = Enumerable.Range(0, 3).Select(_ => Browse(rig, new(2253), most: 1).ContinuationPoint).ToArray();

        Assert.Equal(new StatusCode(StatusCodes.BadContinuationPointInvalid), Next(rig, points[0]).StatusCode);
        Assert.Equal(StatusCode.Good, Next(rig, points[2]).StatusCode);
    }

    [Fact]
    public void Up_and_down_and_both()
    {
        Assert.Equal(
            [_rig.Id("Folder")],
            Browse(_rig.Id("V3"), BrowseDirection.Inverse).References.Select(one => one.NodeId.NodeId));
        Assert.Equal(11, Browse(_rig.Id("Folder"), BrowseDirection.Both).References.Count);
        Assert.Contains(
            Browse(_rig.Id("V3"), type: new(32)).References, one => one.ReferenceTypeId == new NodeId(40));
    }

    [Fact]
    public void A_class_can_be_asked_for()
    {
        Assert.Empty(Browse(_rig.Id("Folder"), classes: (uint)NodeClass.Object).References);
        Assert.All(
            Browse(new(2253), classes: (uint)NodeClass.Method).References,
            one => Assert.Equal(NodeClass.Method, one.NodeClass));
    }

    [Fact]
    public void The_whole_space_hangs_together()
    {
        var seen = new HashSet<NodeId>();
        var waiting = new Queue<NodeId>([new(84)]);
        while (waiting.TryDequeue(out var node))
        {
            foreach (var reference in Browse(node).References.Where(reference => seen.Add(reference.NodeId.NodeId)))
            {
                waiting.Enqueue(reference.NodeId.NodeId);
            }
        }

        // HasEncoding is not hierarchical: the encodings of six structures are found otherwise.
        Assert.Equal(_rig.Space.NodeCount - 1 - 6, seen.Count);
    }

    [Fact]
    public void What_cannot_be_browsed_says_why()
    {
        Assert.Equal(new StatusCode(StatusCodes.BadNodeIdUnknown), Browse(_rig.Id("no")).StatusCode);
        Assert.Equal(new StatusCode(StatusCodes.BadReferenceTypeIdInvalid), Browse(new(85), type: new(85)).StatusCode);
        Assert.Equal(
            new StatusCode(StatusCodes.BadBrowseDirectionInvalid), Browse(new(85), (BrowseDirection)7).StatusCode);
    }

    [Fact]
    public void A_path_leads_to_its_node()
    {
        Assert.Equal([_rig.Id("V7")], Translate(new(_rig.Ns, "Folder"), new(_rig.Ns, "V7")));
        Assert.Equal([new(2258)], Translate(new(0, "Server"), new(0, "ServerStatus"), new(0, "CurrentTime")));
        Assert.Empty(Translate(new(_rig.Ns, "Folder"), new(0, "V7")));
    }

    private NodeId[] Translate(params IEnumerable<QualifiedName> names)
    {
        var result = _rig.Call<TranslateBrowsePathsToNodeIdsRequest, TranslateBrowsePathsToNodeIdsResponse>(new()
        {
            RequestHeader = _rig.Header,
            BrowsePaths =
            [
                new()
                {
                    StartingNode = new(85),
                    RelativePath = new()
                    {
                        Elements = [.. names.Select(name => new RelativePathElement
                        {
                            ReferenceTypeId = Hierarchical,
                            IncludeSubtypes = true,
                            TargetName = name,
                        })],
                    },
                },
            ],
        }).Results[0];
        Assert.Equal(result.Targets.Count == 0 ? new(StatusCodes.BadNoMatch) : StatusCode.Good, result.StatusCode);
        return [.. result.Targets.Select(target => target.TargetId.NodeId)];
    }

    private BrowseResult Browse(
        NodeId node, BrowseDirection direction = BrowseDirection.Forward, NodeId? type = null, uint most = 0,
        uint classes = 0, uint mask = 63) => Browse(_rig, node, direction, type, most, classes, mask);

    private static BrowseResult Browse(
        ServerRig rig, NodeId node, BrowseDirection direction = BrowseDirection.Forward, NodeId? type = null,
        uint most = 0, uint classes = 0, uint mask = 63) =>
        rig.Call<BrowseRequest, BrowseResponse>(new()
        {
            RequestHeader = rig.Header,
            RequestedMaxReferencesPerNode = most,
            NodesToBrowse =
            [
                new()
                {
                    NodeId = node,
                    BrowseDirection = direction,
                    ReferenceTypeId = type ?? Hierarchical,
                    IncludeSubtypes = true,
                    NodeClassMask = classes,
                    ResultMask = mask,
                },
            ],
        }).Results[0];

    private BrowseResult Next(byte[]? point, bool release = false) => Next(_rig, point, release);

    private static BrowseResult Next(ServerRig rig, byte[]? point, bool release = false) =>
        rig.Call<BrowseNextRequest, BrowseNextResponse>(new()
        {
            RequestHeader = rig.Header,
            ReleaseContinuationPoints = release,
            ContinuationPoints = [point],
        }).Results[0];
}
