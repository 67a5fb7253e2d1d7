using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Server;

/// <summary>
/// The references of nodes: the tree's, the type definition, and the few others. Under the gate of the space.
/// </summary>
internal sealed class References(AddressSpace space)
{
    private readonly int _subtype = space.Find(StandardIds.HasSubtype);
    private readonly int _typeDefinition = space.Find(StandardIds.HasTypeDefinition);

    /// <summary>
    /// The references of a node in a fixed order. A long list of children is walked as it is asked for.
    /// </summary>
    public IEnumerable<Reference> Of(int node, BrowseDirection direction)
    {
        var row = space.Row(node);
        if (direction != BrowseDirection.Forward && node != AddressSpace.Root)
        {
            yield return new(row.ReferenceType, row.Parent, false);
        }

        if (direction != BrowseDirection.Inverse && row.Type != 0)
        {
            yield return new(_typeDefinition, row.Type, true);
        }

        if (row.HasExtras)
        {
            foreach (var extra in space.ExtrasOf(node).References)
            {
                if (direction == BrowseDirection.Both || extra.IsForward == (direction == BrowseDirection.Forward))
                {
                    yield return new(extra.Type, extra.Target, extra.IsForward);
                }
            }
        }

        if (direction != BrowseDirection.Inverse)
        {
            for (var child = row.FirstChild; child != 0; child = space.Row(child).NextSibling)
            {
                yield return new(space.Row(child).ReferenceType, child, true);
            }
        }
    }

    /// <summary>Whether a type is the other or lies below it.</summary>
    public bool IsOrDerivesFrom(int type, int ancestor)
    {
        while (type != ancestor)
        {
            ref readonly var row = ref space.Row(type);
            if (row.ReferenceType != _subtype)
            {
                return false;
            }

            type = row.Parent;
        }

        return true;
    }
}

/// <param name="Type">Row of the reference type.</param>
/// <param name="Target">Row of the other node.</param>
internal readonly record struct Reference(int Type, int Target, bool IsForward);
