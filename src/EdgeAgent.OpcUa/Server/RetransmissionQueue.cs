using System.Buffers;

namespace EdgeAgent.OpcUa.Server;

/// <summary>
/// The encoded NotificationMessages of a subscription that the client has not acknowledged (Part 4, 5.14.1.1); when
/// it is full the oldest gives way.
/// </summary>
internal sealed class RetransmissionQueue(int capacity) : IDisposable
{
    private readonly List<Message> _messages = [];

    public int Count => _messages.Count;

    public uint this[int index] => _messages[index].SequenceNumber;

    public void Add(uint sequenceNumber, ReadOnlySpan<byte> message)
    {
        if (_messages.Count == capacity)
        {
            RemoveAt(0);
        }

        var bytes = ArrayPool<byte>.Shared.Rent(message.Length);
        message.CopyTo(bytes);
        _messages.Add(new(sequenceNumber, bytes, message.Length));
    }

    public bool TryFind(uint sequenceNumber, out ReadOnlySpan<byte> message)
    {
        var index = IndexOf(sequenceNumber);
        message = index < 0 ? default : _messages[index].Bytes.AsSpan(0, _messages[index].Length);
        return index >= 0;
    }

    /// <summary>False if there is no such message.</summary>
    public bool Acknowledge(uint sequenceNumber)
    {
        var index = IndexOf(sequenceNumber);
        if (index >= 0)
        {
            RemoveAt(index);
        }

        return index >= 0;
    }

    public uint[] ToArray() => [.. _messages.Select(message => message.SequenceNumber)];

    public void Dispose()
    {
        while (_messages.Count > 0)
        {
            RemoveAt(_messages.Count - 1);
        }
    }

    private int IndexOf(uint sequenceNumber)
    {
        for (var i = 0; i < _messages.Count; i++)
        {
            if (_messages[i].SequenceNumber == sequenceNumber)
            {
                return i;
            }
        }

        return -1;
    }

    private void RemoveAt(int index)
    {
        ArrayPool<byte>.Shared.Return(_messages[index].Bytes);
        _messages.RemoveAt(index);
    }

    private readonly record struct Message(uint SequenceNumber, byte[] Bytes, int Length);
}
