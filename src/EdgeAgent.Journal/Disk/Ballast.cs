namespace EdgeAgent.Journal.Disk;

/// <summary>
/// A file of zeros that is deleted when the disk is full, so that what is small and must be stored now still can be:
/// the positions of readers, receipts, logs. The journal itself waits until the ballast fits again and some room is
/// left.
/// </summary>
internal sealed class Ballast(IFileSystem files, string folder, long bytes)
{
    public const string FileName = "ballast";

    private const int BlockBytes = 64 * 1024;

    private readonly string _path = Path.Combine(folder, FileName);

    /// <summary>Whether the file has its size.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>Deletes the file.</summary>
    /// <exception cref="IOException">The file system cannot even do that.</exception>
    public void Release()
    {
        IsLoaded = false;
        files.Delete(_path);
        files.SyncFolder(folder);
    }

    /// <summary>Writes the file unless it is there.</summary>
    /// <returns>Whether it is there and <paramref name="reserve"/> bytes are left beside it.</returns>
    /// <exception cref="IOException">The disk filled up meanwhile, or is broken.</exception>
    public bool TryLoad(long reserve)
    {
        IsLoaded = IsLoaded || bytes == 0 || IsThere();
        if (IsLoaded)
        {
            return files.AvailableBytes(folder) >= reserve;
        }

        files.Delete(_path);
        if (files.AvailableBytes(folder) < bytes + reserve)
        {
            return false;
        }

        try
        {
            Fill();
        }
        catch (IOException)
        {
            files.Delete(_path);
            throw;
        }

        IsLoaded = true;
        return true;
    }

    private bool IsThere()
    {
        if (!files.List(folder).Contains(FileName))
        {
            return false;
        }

        using var file = files.Open(_path, forWriting: false);
        return file.Length == bytes;
    }

    private void Fill()
    {
        // Really written: a file with holes takes no room, and so gives none back.
        var block = new byte[Math.Min(BlockBytes, bytes)];
        using var file = files.Create(_path);
        for (long offset = 0; offset < bytes; offset += block.Length)
        {
            file.Write(offset, block.AsSpan(0, (int)Math.Min(block.Length, bytes - offset)));
        }

        file.Flush();
        files.SyncFolder(folder);
    }
}
