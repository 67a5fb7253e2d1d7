using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Server;

/// <summary>Browse, BrowseNext and TranslateBrowsePathsToNodeIds (Part 4, 5.9).</summary>
internal sealed class ViewServices(ServerState state, AttributeReader attributes)
{
    // Part 4, 7.5: the bits of ResultMask.
    private const uint ReferenceTypeBit = 1;
    private const uint IsForwardBit = 2;
    private const uint NodeClassBit = 4;
    private const uint BrowseNameBit = 8;
    private const uint DisplayNameBit = 16;
    private const uint TypeDefinitionBit = 32;

    private const int AnyReference = -1;
    private const int NoReference = -2;

    private readonly References _references = new(state.Space);

    private AddressSpace Space => state.Space;

    public BrowseResponse Browse(ServerSession session, BrowseRequest request)
    {
        state.CheckOperations(request.NodesToBrowse.Count);
        if (!request.View.ViewId.IsNull)
        {
            throw new OpcUaException(StatusCodes.BadViewIdUnknown, "There are no views.");
        }

        var most = request.RequestedMaxReferencesPerNode == 0
            ? state.Limits.ReferencesPerNode
            : (int)Math.Min(request.RequestedMaxReferencesPerNode, (uint)state.Limits.ReferencesPerNode);
        return new() { Results = [.. request.NodesToBrowse.Select(node => Begin(session, node, most))] };
    }

    public BrowseNextResponse BrowseNext(ServerSession session, BrowseNextRequest request)
    {
        state.CheckOperations(request.ContinuationPoints.Count);
        return new()
        {
            Results = [.. request.ContinuationPoints.Select(point =>
                session.ContinuationPoints.Take<Walk>(point) is not { } walk
                    ? new BrowseResult { StatusCode = StatusCodes.BadContinuationPointInvalid }
                    : request.ReleaseContinuationPoints ? new BrowseResult() : Continue(session, walk))],
        };
    }

    public TranslateBrowsePathsToNodeIdsResponse Translate(TranslateBrowsePathsToNodeIdsRequest request)
    {
        state.CheckOperations(request.BrowsePaths.Count);
        return new() { Results = [.. request.BrowsePaths.Select(Translate)] };
    }

    private BrowseResult Begin(ServerSession session, BrowseDescription description, int most)
    {
        var node = state.Resolve(description.NodeId);
        if (node < 0)
        {
            return new() { StatusCode = ServerState.Unknown(description.NodeId) };
        }

        if (description.BrowseDirection is < BrowseDirection.Forward or > BrowseDirection.Both)
        {
            return new() { StatusCode = StatusCodes.BadBrowseDirectionInvalid };
        }

        var type = ReferenceTypeOf(description.ReferenceTypeId);
        return type == NoReference
            ? new() { StatusCode = StatusCodes.BadReferenceTypeIdInvalid }
            : Continue(session, new(
                _references.Of(node, description.BrowseDirection).GetEnumerator(), description, type, most));
    }

    private BrowseResult Continue(ServerSession session, Walk walk)
    {
        var found = new List<ReferenceDescription>();
        while (walk.Peek(reference => IsWanted(reference, walk), out var reference))
        {
            if (found.Count == walk.Most)
            {
                return new()
                {
                    References = found,
                    ContinuationPoint = session.ContinuationPoints.Add(walk, state.Limits.ContinuationPoints),
                };
            }

            found.Add(Describe(reference, walk.Description.ResultMask));
            walk.Take();
        }

        return new() { References = found };
    }

    private bool IsWanted(Reference reference, Walk walk)
    {
        var mask = walk.Description.NodeClassMask;
        ref readonly var target = ref Space.Row(reference.Target);
        return IsOfType(reference.Type, walk.Type, walk.Description.IncludeSubtypes)
            && (mask == 0 || (mask & (uint)target.Class) != 0)
            && state.Order.IsOnWire(target.Id);
    }

    private ReferenceDescription Describe(Reference reference, uint mask)
    {
        ref readonly var target = ref Space.Row(reference.Target);
        var type = (mask & TypeDefinitionBit) != 0 && target.Type != 0 ? Space.Row(target.Type).Id : default;
        return new()
        {
            ReferenceTypeId = (mask & ReferenceTypeBit) != 0
                ? state.Order.ToWire(Space.Row(reference.Type).Id) : default,
            IsForward = (mask & IsForwardBit) != 0 && reference.IsForward,
            NodeId = state.Order.ToWire(target.Id),
            BrowseName = (mask & BrowseNameBit) != 0 ? attributes.BrowseName(target) : default,
            DisplayName = (mask & DisplayNameBit) != 0
                ? AttributeReader.DisplayName(target, Space.FindExtras(reference.Target)) : default,
            NodeClass = (mask & NodeClassBit) != 0 ? target.Class : NodeClass.Unspecified,
            TypeDefinition = state.Order.ToWire(type),
        };
    }

    private BrowsePathResult Translate(BrowsePath path)
    {
        var start = state.Resolve(path.StartingNode);
        if (start < 0)
        {
            return new() { StatusCode = ServerState.Unknown(path.StartingNode) };
        }

        if (path.RelativePath.Elements.Count == 0)
        {
            return new() { StatusCode = StatusCodes.BadNothingToDo };
        }

        HashSet<int> nodes = [start];
        foreach (var element in path.RelativePath.Elements)
        {
            if (string.IsNullOrEmpty(element.TargetName.Name))
            {
                return new() { StatusCode = StatusCodes.BadBrowseNameInvalid };
            }

            nodes = [.. nodes.SelectMany(node => Follow(node, element))];
        }

        return nodes.Count == 0
            ? new() { StatusCode = StatusCodes.BadNoMatch }
            : new()
            {
                Targets = [.. nodes.Select(node => new BrowsePathTarget
                {
                    TargetId = state.Order.ToWire(Space.Row(node).Id),
                    RemainingPathIndex = uint.MaxValue, // Part 4, 5.9.4.2: the path was followed to its end.
                })],
            };
    }

    private IEnumerable<int> Follow(int node, RelativePathElement element)
    {
        var type = ReferenceTypeOf(element.ReferenceTypeId);
        return type == NoReference
            ? []
            : _references.Of(node, element.IsInverse ? BrowseDirection.Inverse : BrowseDirection.Forward)
                .Where(reference => IsOfType(reference.Type, type, element.IncludeSubtypes)
                    && attributes.BrowseName(Space.Row(reference.Target)) == element.TargetName
                    && state.Order.IsOnWire(Space.Row(reference.Target).Id))
                .Select(reference => reference.Target);
    }

    private int ReferenceTypeOf(NodeId id)
    {
        if (id.IsNull)
        {
            return AnyReference;
        }

        var node = state.Resolve(id);
        return node >= 0 && Space.Row(node).Class == NodeClass.ReferenceType ? node : NoReference;
    }

    private bool IsOfType(int type, int wanted, bool withSubtypes) =>
        wanted == AnyReference || type == wanted || (withSubtypes && _references.IsOrDerivesFrom(type, wanted));

    /// <summary>A Browse of one node on its way.</summary>
    private sealed class Walk(IEnumerator<Reference> references, BrowseDescription description, int type, int most)
    {
        private bool _hasNext;

        public BrowseDescription Description => description;

        public int Type => type;

        public int Most => most;

        public bool Peek(Func<Reference, bool> isWanted, out Reference reference)
        {
            while (!_hasNext && references.MoveNext())
            {
                _hasNext = isWanted(references.Current);
            }

            reference = _hasNext ? references.Current : default;
            return _hasNext;
        }

        public void Take() => _hasNext = false;
    }
}
