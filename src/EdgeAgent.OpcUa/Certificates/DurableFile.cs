using System.Runtime.InteropServices;

namespace EdgeAgent.OpcUa.Certificates;

/// <summary>
/// Files that are there whole or not at all, also after a power cut: written aside, flushed, then named.
/// </summary>
internal static partial class DurableFile
{
    /// <summary>Readable by its owner alone: a private key.</summary>
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Readable by everyone: a certificate.</summary>
    public const UnixFileMode Public = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public const UnixFileMode OwnerOnlyFolder = OwnerOnly | UnixFileMode.UserExecute;

    // Hidden, so that nobody takes an unfinished file for a certificate.
    private const string Prefix = ".";
    private const string Suffix = ".tmp";

    private const int OpenReadOnlyCloseOnExec = 0x80000;
    private const int Interrupted = 4;

    public static bool IsHidden(string path) => Path.GetFileName(path).StartsWith(Prefix, StringComparison.Ordinal);

    /// <exception cref="IOException">Among others, when it is there already and may not be replaced.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes, UnixFileMode mode, bool replace)
    {
        var folder = Path.GetDirectoryName(path)!;
        var aside = Path.Combine(folder, Prefix + Path.GetRandomFileName() + Suffix);
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = mode;
            }

            using (var file = new FileStream(aside, options))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }

            File.Move(aside, path, replace);
        }
        catch
        {
            File.Delete(aside);
            throw;
        }

        SyncFolder(folder);
    }

    /// <summary>Gives a file a new place on the same disk, in one step.</summary>
    public static void Move(string from, string to)
    {
        File.Move(from, to, overwrite: true);
        SyncFolder(Path.GetDirectoryName(to)!);
        SyncFolder(Path.GetDirectoryName(from)!);
    }

    public static void Delete(string path)
    {
        File.Delete(path);
        SyncFolder(Path.GetDirectoryName(path)!);
    }

    public static void CreateFolder(string folder, bool forOwnerOnly = false)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        // A folder is as durable as its own name in the one above.
        var parent = Path.GetDirectoryName(folder);
        if (parent is not null)
        {
            CreateFolder(parent);
        }

        if (forOwnerOnly && !OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder, OwnerOnlyFolder);
        }
        else
        {
            Directory.CreateDirectory(folder);
        }

        if (parent is not null)
        {
            SyncFolder(parent);
        }
    }

    private static void SyncFolder(string folder)
    {
        // NTFS keeps its own journal of names; there is no call for it.
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(folder, OpenReadOnlyCloseOnExec);
        if (descriptor < 0)
        {
            throw Failure("open", folder);
        }

        try
        {
            while (Sync(descriptor) < 0)
            {
                if (Marshal.GetLastPInvokeError() != Interrupted)
                {
                    throw Failure("fsync", folder);
                }
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException Failure(string call, string folder)
    {
        var error = Marshal.GetLastPInvokeError();
        return new($"{call} of the folder '{folder}': {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
