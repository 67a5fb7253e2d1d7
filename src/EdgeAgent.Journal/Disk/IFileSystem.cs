namespace EdgeAgent.Journal.Disk;

/// <summary>
/// The few things the journal asks of a file system, so that tests can refuse them, cut the power between them, and see
/// their order. Every method throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> when it
/// fails.
/// </summary>
internal interface IFileSystem
{
    /// <summary>Creates a folder, with those above it, if it is not there. Durable when it returns.</summary>
    void CreateFolder(string folder);

    /// <summary>Names, not paths, of the files in a folder; none if it does not exist.</summary>
    IReadOnlyList<string> List(string folder);

    /// <summary>Creates a file, empty even if it was there, for writing.</summary>
    IStoredFile Create(string path);

    /// <summary>Opens an existing file.</summary>
    IStoredFile Open(string path, bool forWriting);

    /// <summary>
    /// Gives a file another name, replacing what had it. Durable only after <see cref="SyncFolder"/>.
    /// </summary>
    void Rename(string from, string to);

    /// <summary>Deletes a file if it is there. Durable only after <see cref="SyncFolder"/>.</summary>
    void Delete(string path);

    /// <summary>Makes creations, renames and deletions in a folder durable.</summary>
    void SyncFolder(string folder);

    /// <summary>What an ordinary user may still write on the disk that holds a folder.</summary>
    long AvailableBytes(string folder);

    /// <summary>Takes the exclusive lock of a file until disposed, or returns null if another process has it.</summary>
    IDisposable? TryLock(string path);

    /// <summary>The text in a lock file, or "" if it cannot be read.</summary>
    string ReadLock(string path);
}

/// <summary>An open file. Disposing it writes and flushes nothing.</summary>
internal interface IStoredFile : IDisposable
{
    long Length { get; }

    /// <summary>Reads up to the length of the buffer; less only at the end of the file.</summary>
    int Read(long offset, Span<byte> buffer);

    /// <summary>Writes all of the bytes. If it throws, any of them may have been written.</summary>
    void Write(long offset, ReadOnlySpan<byte> bytes);

    void Truncate(long length);

    /// <summary>
    /// Returns when the content is on the medium. After it threw, nothing about the content is known.
    /// </summary>
    void Flush();
}
