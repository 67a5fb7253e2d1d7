using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Structures;

/// <summary>
/// Follows the steps of a <see cref="FieldPath"/> through encoded values, and passes over all that lies beside.
/// </summary>
internal static class FieldWalker
{
    /// <summary>Dimensions of a matrix that an index may name; no PLC has more than six.</summary>
    public const int RankMax = 8;

    /// <summary>Reads what the steps lead to. Where the status is Good, the reader stands behind the value.</summary>
    public static FieldValue Walk(
        ref UaReader reader, FieldShape shape, ReadOnlySpan<FieldStep> steps, TypeTable types)
    {
        if (steps.IsEmpty)
        {
            var value = StructureReader.Read(ref reader, shape);
            return new(StatusCodes.Good, value, shape.Type == BuiltInType.Variant ? new((uint)value.Type)
                : shape.DataType);
        }

        if (shape.Rank > 0)
        {
            return WalkArray(ref reader, shape, steps, types);
        }

        return shape.Type switch
        {
            BuiltInType.Variant => WalkVariant(ref reader, steps, types),
            BuiltInType.ExtensionObject when steps[0].Name is null => FieldValue.Bad(StatusCodes.BadTypeMismatch),
            BuiltInType.ExtensionObject when shape.Layout is { } layout =>
                WalkStructure(ref reader, layout, steps, types),
            BuiltInType.ExtensionObject => WalkExtensionObject(ref reader, steps, types),
            _ => FieldValue.Bad(StatusCodes.BadTypeMismatch),
        };
    }

    private static FieldValue WalkVariant(ref UaReader reader, ReadOnlySpan<FieldStep> steps, TypeTable types)
    {
        var (type, isArray, hasDimensions) = reader.ReadVariantMask();
        if (type == BuiltInType.Null)
        {
            return FieldValue.Bad(StatusCodes.BadNotFound);
        }

        var shape = FieldShape.Scalar(type);
        if (!isArray)
        {
            return Walk(ref reader, shape, steps, types);
        }

        if (steps[0].Indexes is not { } indexes)
        {
            return FieldValue.Bad(StatusCodes.BadTypeMismatch);
        }

        // The dimensions stand behind the elements, so that these have to be passed over before one of them can be
        // chosen.
        var count = reader.ReadLength(shape.MinimumSize);
        var start = reader.Position;
        reader.Enter();
        reader.SkipElements(type, count);
        Span<int> dimensions = stackalloc int[RankMax];
        var rank = 1;
        dimensions[0] = count;
        if (hasDimensions)
        {
            rank = reader.ReadLength(sizeof(int));
            if (rank > RankMax)
            {
                return FieldValue.Bad(StatusCodes.BadTypeMismatch);
            }

            ReadDimensions(ref reader, dimensions[..rank]);
            (rank, dimensions[0]) = rank == 0 ? (1, count) : (rank, dimensions[0]);
            reader.CheckDimensions(dimensions[..rank], count);
        }

        var end = reader.Position;
        if (Locate(indexes, dimensions[..rank], out var index) is var status && status != StatusCodes.Good)
        {
            return FieldValue.Bad(status);
        }

        reader.Seek(start);
        reader.SkipElements(type, index);
        var found = Walk(ref reader, shape, steps[1..], types);
        reader.Leave();
        reader.Seek(end);
        return found;
    }

    private static FieldValue WalkArray(
        ref UaReader reader, FieldShape shape, ReadOnlySpan<FieldStep> steps, TypeTable types)
    {
        if (steps[0].Indexes is not { } indexes || shape.Rank > RankMax)
        {
            return FieldValue.Bad(StatusCodes.BadTypeMismatch);
        }

        var start = reader.Position;
        var count = StructureReader.ReadLength(ref reader, shape);
        Span<int> dimensions = stackalloc int[RankMax];
        dimensions = dimensions[..shape.Rank];
        dimensions[0] = count;
        if (shape.Rank > 1)
        {
            reader.Seek(start);
            StructureReader.ReadRank(ref reader, shape);
            ReadDimensions(ref reader, dimensions);
        }

        if (Locate(indexes, dimensions, out var index) is var status && status != StatusCodes.Good)
        {
            return FieldValue.Bad(status);
        }

        StructureReader.SkipElements(ref reader, shape, index);
        var found = Walk(ref reader, shape.Element, steps[1..], types);
        if (found.Status.IsGood)
        {
            StructureReader.SkipElements(ref reader, shape, count - index - 1);
        }

        return found;
    }

    private static FieldValue WalkExtensionObject(ref UaReader reader, ReadOnlySpan<FieldStep> steps, TypeTable types)
    {
        var typeId = reader.ReadNodeId();
        var form = reader.ReadExtensionObjectForm();
        if (form == ExtensionObjectBody.None)
        {
            return FieldValue.Bad(StatusCodes.BadNotFound);
        }

        var end = reader.ReadBodyEnd();
        if (types.Find(typeId) is not { } layout)
        {
            return FieldValue.Bad(StatusCodes.BadDataTypeIdUnknown);
        }

        if (form != ExtensionObjectBody.Binary)
        {
            return FieldValue.Bad(StatusCodes.BadDataEncodingUnsupported);
        }

        var found = WalkStructure(ref reader, layout, steps, types);
        return found.Status.IsGood && reader.Position != end
            ? throw reader.Malformed($"the body of a {layout.Name} ends {end - reader.Position} bytes after its fields")
            : found;
    }

    private static FieldValue WalkStructure(
        ref UaReader reader, StructureLayout layout, ReadOnlySpan<FieldStep> steps, TypeTable types)
    {
        if (steps[0].Name is not { } name || layout.IndexOf(name) is var wanted && wanted < 0)
        {
            return FieldValue.Bad(StatusCodes.BadTypeMismatch);
        }

        reader.Enter();
        var prefix = layout.ReadPrefix(ref reader);
        if (!layout.IsPresent(wanted, prefix))
        {
            return FieldValue.Bad(StatusCodes.BadNotFound);
        }

        var found = default(FieldValue);
        for (var i = 0; i < layout.Fields.Count; i++)
        {
            if (i == wanted)
            {
                found = Walk(ref reader, layout.Fields[i].Shape, steps[1..], types);
                if (!found.Status.IsGood)
                {
                    return found;
                }
            }
            else if (layout.IsPresent(i, prefix))
            {
                StructureReader.Skip(ref reader, layout.Fields[i].Shape);
            }
        }

        reader.Leave();
        return found;
    }

    private static void ReadDimensions(ref UaReader reader, scoped Span<int> dimensions)
    {
        foreach (ref var dimension in dimensions)
        {
            dimension = reader.ReadInt32();
        }
    }

    // Part 6, 5.2.2.16: the last dimension varies fastest.
    private static uint Locate(int[] indexes, ReadOnlySpan<int> dimensions, out int index)
    {
        index = 0;
        if (indexes.Length != dimensions.Length)
        {
            return StatusCodes.BadTypeMismatch;
        }

        for (var i = 0; i < indexes.Length; i++)
        {
            if (indexes[i] >= dimensions[i])
            {
                return StatusCodes.BadIndexRangeNoData;
            }

            index = (index * dimensions[i]) + indexes[i];
        }

        return StatusCodes.Good;
    }
}
