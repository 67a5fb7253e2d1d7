using EdgeAgent.Journal.Disk;

namespace EdgeAgent.Tests.Journal.Disk;

/// <summary>
/// A file system that notes every operation, refuses the one it is told to, and can lose its power: then writes that
/// were not flushed are there, or half there, or not; and names that were not synced are new or old.
/// </summary>
internal sealed class MemoryFileSystem : IFileSystem
{
    private readonly Lock _gate = new();
    private Dictionary<string, Node> _names = new(StringComparer.Ordinal);
    private Dictionary<string, Node> _syncedNames = new(StringComparer.Ordinal);
    private readonly List<Action<Dictionary<string, Node>>> _pendingNames = [];
    private int _operations;

    /// <summary>Every operation that changes something, as "write name", "fsync name", "rename from to", ...</summary>
    public List<string> Operations { get; } = [];

    /// <summary>Asked before each operation that changes something; what it returns is thrown.</summary>
    public Func<int, string, Exception?> Refuse { get; set; } = (_, _) => null;

    /// <summary>Room in bytes over all files.</summary>
    public long Capacity { get; set; } = long.MaxValue;

    public static IOException NoSpace => new("No space left on device", 28);

    public static IOException Broken => new("Input/output error", 5);

    public long UsedBytes
    {
        get
        {
            lock (_gate)
            {
                return _names.Values.Sum(node => (long)node.Content.Length);
            }
        }
    }

    public byte[] this[string name]
    {
        get
        {
            lock (_gate)
            {
                return [.. Find(name).Content];
            }
        }

        set
        {
            lock (_gate)
            {
                var node = new Node { Content = [.. value], Flushed = [.. value] };
                _names[name] = node;
                _syncedNames[name] = node;
            }
        }
    }

    /// <summary>Another file system with the same files.</summary>
    public MemoryFileSystem Copy()
    {
        lock (_gate)
        {
            var copy = new MemoryFileSystem();
            foreach (var (name, node) in _names)
            {
                copy[name] = node.Content;
            }

            return copy;
        }
    }

    /// <summary>What is found after the power was cut now.</summary>
    public MemoryFileSystem CutPower(Random random)
    {
        lock (_gate)
        {
            var names = new Dictionary<string, Node>(_syncedNames, StringComparer.Ordinal);
            foreach (var change in _pendingNames.Take(random.Next(_pendingNames.Count + 1)))
            {
                change(names);
            }

            var found = new MemoryFileSystem();
            foreach (var (name, node) in names)
            {
                found[name] = node.AfterPowerCut(random);
            }

            return found;
        }
    }

    public void Remove(string name)
    {
        lock (_gate)
        {
            _names.Remove(name);
            _syncedNames.Remove(name);
        }
    }

    public void CreateFolder(string folder)
    {
    }

    public IReadOnlyList<string> List(string folder)
    {
        lock (_gate)
        {
            return [.. _names.Keys];
        }
    }

    public IStoredFile Create(string path)
    {
        lock (_gate)
        {
            var name = Path.GetFileName(path);
            Do($"create {name}");
            var node = new Node();
            ChangeNames(names => names[name] = node);
            return new OpenFile(this, name, node);
        }
    }

    public IStoredFile Open(string path, bool forWriting)
    {
        lock (_gate)
        {
            var name = Path.GetFileName(path);
            return new OpenFile(this, name, Find(name));
        }
    }

    public void Rename(string from, string to)
    {
        lock (_gate)
        {
            var (old, name) = (Path.GetFileName(from), Path.GetFileName(to));
            Do($"rename {old} {name}");
            var node = Find(old);
            ChangeNames(names =>
            {
                names.Remove(old);
                names[name] = node;
            });
        }
    }

    public void Delete(string path)
    {
        lock (_gate)
        {
            var name = Path.GetFileName(path);
            Do($"delete {name}");
            ChangeNames(names => names.Remove(name));
        }
    }

    public void SyncFolder(string folder)
    {
        lock (_gate)
        {
            Do("sync folder");
            _syncedNames = new(_names, StringComparer.Ordinal);
            _pendingNames.Clear();
        }
    }

    public long AvailableBytes(string folder) => Capacity - UsedBytes;

    public IDisposable? TryLock(string path) => new MemoryStream();

    public string ReadLock(string path) => "7";

    private Node Find(string name) =>
        _names.TryGetValue(name, out var node) ? node : throw new FileNotFoundException($"No file '{name}'.", name);

    private void ChangeNames(Action<Dictionary<string, Node>> change)
    {
        change(_names);
        _pendingNames.Add(change);
    }

    private void Do(string operation)
    {
        Operations.Add(operation);
        if (Refuse(_operations++, operation) is { } failure)
        {
            throw failure;
        }
    }

    private sealed class Node
    {
        private readonly List<(long Offset, byte[] Bytes)> _unflushed = [];

        public byte[] Content { get; set; } = [];

        public byte[] Flushed { get; set; } = [];

        public void Write(long offset, byte[] bytes)
        {
            _unflushed.Add((offset, bytes));
            Content = With(Content, offset, bytes);
        }

        public void Truncate(long length)
        {
            Content = Content[..(int)length];
            Flushed = Flushed.Length > length ? Flushed[..(int)length] : Flushed;
        }

        public void Flush()
        {
            Flushed = Content;
            _unflushed.Clear();
        }

        public byte[] AfterPowerCut(Random random)
        {
            var content = Flushed;
            foreach (var (offset, bytes) in _unflushed)
            {
                content = random.Next(4) switch
                {
                    0 => content,
                    1 => With(content, offset, bytes),
                    2 => With(content, offset, bytes[..random.Next(bytes.Length + 1)]),

                    // The size came to the disk, the content did not.
                    _ => With(content, offset, new byte[random.Next(bytes.Length + 1)]),
                };
            }

            return content;
        }

        private static byte[] With(byte[] content, long offset, byte[] bytes)
        {
            var result = new byte[Math.Max(content.Length, offset + bytes.Length)];
            content.CopyTo(result, 0);
            bytes.CopyTo(result, offset);
            return result;
        }
    }

    private sealed class OpenFile(MemoryFileSystem files, string name, Node node) : IStoredFile
    {
        public long Length
        {
            get
            {
                lock (files._gate)
                {
                    return node.Content.Length;
                }
            }
        }

        public int Read(long offset, Span<byte> buffer)
        {
            lock (files._gate)
            {
                var rest = node.Content.AsSpan((int)Math.Min(offset, node.Content.Length));
                rest = rest[..Math.Min(rest.Length, buffer.Length)];
                rest.CopyTo(buffer);
                return rest.Length;
            }
        }

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            lock (files._gate)
            {
                var room = files.Capacity - files._names.Values.Sum(other => (long)other.Content.Length);
                var longer = Math.Max(0, offset + bytes.Length - node.Content.Length);
                if (longer > room)
                {
                    node.Write(offset, bytes[..(int)Math.Max(0, bytes.Length - (longer - room))].ToArray());
                    throw NoSpace;
                }

                try
                {
                    files.Do($"write {name}");
                }
                catch (IOException)
                {
                    // A refused write is a short one.
                    node.Write(offset, bytes[..(bytes.Length / 2)].ToArray());
                    throw;
                }

                node.Write(offset, bytes.ToArray());
            }
        }

        public void Truncate(long length)
        {
            lock (files._gate)
            {
                files.Do($"truncate {name}");
                node.Truncate(length);
            }
        }

        public void Flush()
        {
            lock (files._gate)
            {
                files.Do($"fsync {name}");
                node.Flush();
            }
        }

        public void Dispose()
        {
        }
    }
}
