using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Structures;

/// <summary>Reads and passes over fields by their layouts (Part 6, 5.2.5 to 5.2.8).</summary>
internal static class StructureReader
{
    public static StructureValue ReadStructure(ref UaReader reader, StructureLayout layout)
    {
        var prefix = layout.ReadPrefix(ref reader);
        reader.Charge(64); // The StructureValue and the header of its array.
        var fields = new List<StructureValueField>();
        for (var i = 0; i < layout.Fields.Count; i++)
        {
            if (layout.IsPresent(i, prefix))
            {
                var field = layout.Fields[i];
                reader.Charge(2 * 48); // A field, and once more because lists grow.
                fields.Add(new(field.Name, field.Shape.DataType, Read(ref reader, field.Shape)));
            }
        }

        return new(layout.Name, layout.DataType, fields);
    }

    /// <summary>Reads a value; structures as ExtensionObjects.</summary>
    public static Variant Read(ref UaReader reader, FieldShape shape)
    {
        if (shape.Rank == 0)
        {
            return shape.Layout is null ? reader.ReadBuiltIn(shape.Type)
                : Variant.From(CutStructure(ref reader, shape));
        }

        var count = ReadLength(ref reader, shape, out var dimensions);
        if (shape.Layout is null)
        {
            return Variant.From(new UaArray(shape.Type, reader.ReadElements(shape.Type, count), dimensions));
        }

        reader.Charge((48L * count) + 64);
        var elements = count == 0 ? [] : new ExtensionObject[count];
        for (var i = 0; i < elements.Length; i++)
        {
            elements[i] = CutStructure(ref reader, shape);
        }

        return Variant.From(new UaArray(BuiltInType.ExtensionObject, elements, dimensions));
    }

    /// <summary>Passes over a value.</summary>
    public static void Skip(ref UaReader reader, FieldShape shape)
    {
        if (shape.Rank == 0)
        {
            SkipScalar(ref reader, shape);
        }
        else
        {
            SkipElements(ref reader, shape, ReadLength(ref reader, shape));
        }
    }

    /// <summary>Passes over that many elements of an array.</summary>
    public static void SkipElements(ref UaReader reader, FieldShape shape, int count)
    {
        if (shape.Element.FixedSize is >= 0 and var size)
        {
            reader.Skip((long)size * count);
            return;
        }

        for (; count > 0; count--)
        {
            SkipScalar(ref reader, shape);
        }
    }

    /// <summary>The number of elements of an array or matrix, which follow.</summary>
    public static int ReadLength(ref UaReader reader, FieldShape shape)
    {
        if (shape.Rank == 1)
        {
            return reader.ReadLength(shape.MinimumSize);
        }

        // Part 6, 5.2.5, table 22: the dimensions, as an array, and the elements without a length.
        var rank = ReadRank(ref reader, shape);
        long count = 1;
        for (var i = 0; i < rank; i++)
        {
            var dimension = Math.Max(reader.ReadInt32(), 0);
            count = reader.CheckLength(Math.Min(count * dimension, int.MaxValue), shape.MinimumSize);
        }

        return (int)count;
    }

    /// <summary>The number of dimensions of a matrix, which follow.</summary>
    public static int ReadRank(ref UaReader reader, FieldShape shape)
    {
        var rank = reader.ReadLength(sizeof(int));
        return rank == shape.Rank
            ? rank
            : throw reader.Malformed($"a matrix of {shape.Rank} dimensions has {rank}");
    }

    private static int ReadLength(ref UaReader reader, FieldShape shape, out int[]? dimensions)
    {
        dimensions = null;
        if (shape.Rank == 1)
        {
            return reader.ReadLength(shape.MinimumSize);
        }

        var start = reader.Position;
        var count = ReadLength(ref reader, shape);
        var end = reader.Position;
        reader.Seek(start);
        reader.Charge(32 + (sizeof(int) * (long)shape.Rank));
        dimensions = new int[ReadRank(ref reader, shape)];
        for (var i = 0; i < dimensions.Length; i++)
        {
            dimensions[i] = Math.Max(reader.ReadInt32(), 0);
        }

        reader.Seek(end);
        return count;
    }

    private static ExtensionObject CutStructure(ref UaReader reader, FieldShape shape)
    {
        var start = reader.Position;
        SkipScalar(ref reader, shape);
        var end = reader.Position;
        reader.Charge(end - start + 64);
        return new(shape.Layout!.TypeId, reader.Between(start, end).ToArray(), ExtensionObjectBody.Binary);
    }

    private static void SkipScalar(ref UaReader reader, FieldShape shape)
    {
        if (shape.Layout is { } layout)
        {
            SkipStructure(ref reader, layout);
        }
        else
        {
            reader.SkipBuiltIn(shape.Type);
        }
    }

    private static void SkipStructure(ref UaReader reader, StructureLayout layout)
    {
        if (layout.FixedSize >= 0)
        {
            reader.Skip(layout.FixedSize);
            return;
        }

        reader.Enter();
        var prefix = layout.ReadPrefix(ref reader);
        for (var i = 0; i < layout.Fields.Count; i++)
        {
            if (layout.IsPresent(i, prefix))
            {
                Skip(ref reader, layout.Fields[i].Shape);
            }
        }

        reader.Leave();
    }
}
