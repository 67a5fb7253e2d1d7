namespace EdgeAgent.OpcUa.Binary;

/// <summary>
/// A structure with the id of its encoding (Part 6, 5.2.2.15). The body stays bytes until a type is asked for.
/// </summary>
/// <param name="TypeId">The node of the encoding, not of the data type.</param>
/// <param name="Body">The encoded structure.</param>
/// <param name="Encoding">How <paramref name="Body"/> is encoded.</param>
public readonly record struct ExtensionObject(NodeId TypeId, ReadOnlyMemory<byte> Body, ExtensionObjectBody Encoding)
{
    /// <summary>Null, or a body of the type <typeparamref name="T"/> as one of this leaf's structures.</summary>
    /// <exception cref="OpcUaException">The type is right and the body is not.</exception>
    public T? As<T>(DecodingLimits limits)
        where T : class, IUaEncodable<T>
    {
        if (Encoding != ExtensionObjectBody.Binary || TypeId != new NodeId(T.EncodingId))
        {
            return null;
        }

        var reader = new UaReader(Body.Span, limits);
        var value = T.Decode(ref reader);
        reader.ExpectEnd();
        return value;
    }

    public bool Equals(ExtensionObject other) =>
        TypeId == other.TypeId && Encoding == other.Encoding && Body.Span.SequenceEqual(other.Body.Span);

    public override int GetHashCode() => HashCode.Combine(TypeId, Encoding, Body.Length);

    public static ExtensionObject Of<T>(T value)
        where T : class, IUaEncodable<T>
    {
        var writer = new UaWriter();
        value.Encode(writer);
        return new(new NodeId(T.EncodingId), writer.WrittenSpan.ToArray(), ExtensionObjectBody.Binary);
    }
}
