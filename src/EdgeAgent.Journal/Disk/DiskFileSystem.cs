using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace EdgeAgent.Journal.Disk;

/// <summary>The real one.</summary>
internal sealed partial class DiskFileSystem : IFileSystem
{
    private const int OpenReadOnlyCloseOnExec = 0x80000;
    private const int Interrupted = 4;

    public void CreateFolder(string folder)
    {
        var path = Path.GetFullPath(folder);
        if (Directory.Exists(path))
        {
            return;
        }

        // What is durable in a folder whose own name is not durable is not durable.
        var parent = Path.GetDirectoryName(path);
        if (parent is not null)
        {
            CreateFolder(parent);
        }

        Directory.CreateDirectory(path);
        if (parent is not null)
        {
            SyncFolder(parent);
        }
    }

    public IReadOnlyList<string> List(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path))] : [];

    public IStoredFile Create(string path) => new DiskFile(
        File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete));

    public IStoredFile Open(string path, bool forWriting) => new DiskFile(File.OpenHandle(
        path,
        FileMode.Open,
        forWriting ? FileAccess.ReadWrite : FileAccess.Read,
        FileShare.ReadWrite | FileShare.Delete));

    public void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    public void Delete(string path) => File.Delete(path);

    public void SyncFolder(string folder)
    {
        // NTFS keeps its own journal of names; there is no call for it.
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // .NET cannot open a directory, and moving a file does not make its new name durable.
        var descriptor = OpenDescriptor(folder, OpenReadOnlyCloseOnExec);
        if (descriptor < 0)
        {
            throw Failure("open", folder);
        }

        try
        {
            while (SyncDescriptor(descriptor) < 0)
            {
                if (Marshal.GetLastPInvokeError() != Interrupted)
                {
                    throw Failure("fsync", folder);
                }
            }
        }
        finally
        {
            _ = CloseDescriptor(descriptor);
        }
    }

    public long AvailableBytes(string folder) => new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;

    public IDisposable? TryLock(string path)
    {
        try
        {
            var handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            WriteProcessId(handle);
            return handle;
        }
        catch (IOException taken) when (IsTaken(taken))
        {
            return null;
        }
    }

    private static void WriteProcessId(SafeFileHandle handle)
    {
        try
        {
            // Padded, so that it overwrites what is there without needing room.
            var text = Environment.ProcessId.ToString(CultureInfo.InvariantCulture).PadRight(12);
            RandomAccess.Write(handle, Encoding.ASCII.GetBytes(text), 0);
        }
        catch (IOException full) when (DiskError.IsFull(full))
        {
            // The lock is what counts; the number is only for a message.
        }
    }

    public string ReadLock(string path)
    {
        // .NET respects the lock even for reading; Windows enforces it.
        if (OperatingSystem.IsWindows())
        {
            return "";
        }

        using var handle = new SafeFileHandle(OpenDescriptor(path, OpenReadOnlyCloseOnExec), ownsHandle: true);
        if (handle.IsInvalid)
        {
            return "";
        }

        Span<byte> text = stackalloc byte[16];
        return Encoding.ASCII.GetString(text[..RandomAccess.Read(handle, text, 0)]).TrimEnd();
    }

    // A sharing violation: EWOULDBLOCK of flock (11 on Linux, 35 on macOS), ERROR_SHARING_VIOLATION on Windows.
    private static bool IsTaken(IOException exception) =>
        exception.HResult is 11 or 35 or unchecked((int)0x80070020);

    private static IOException Failure(string call, string folder)
    {
        var error = Marshal.GetLastPInvokeError();
        return new($"{call} of the folder '{folder}': {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenDescriptor(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int SyncDescriptor(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int CloseDescriptor(int descriptor);

    private sealed class DiskFile(SafeFileHandle handle) : IStoredFile
    {
        public long Length => RandomAccess.GetLength(handle);

        public int Read(long offset, Span<byte> buffer)
        {
            var total = 0;
            while (total < buffer.Length
                && RandomAccess.Read(handle, buffer[total..], offset + total) is var read and > 0)
            {
                total += read;
            }

            return total;
        }

        public void Write(long offset, ReadOnlySpan<byte> bytes) => RandomAccess.Write(handle, bytes, offset);

        public void Truncate(long length) => RandomAccess.SetLength(handle, length);

        public void Flush() => RandomAccess.FlushToDisk(handle);

        public void Dispose() => handle.Dispose();
    }
}
