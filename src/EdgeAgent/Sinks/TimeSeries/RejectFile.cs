using System.Text;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Sinks.TimeSeries;

// Text, one rejected line after a comment that says when and why; a repaired file can be posted again as it is.
//
//   # 2026-01-02T03:04:05.0000000Z HTTP 400 {"code":"invalid","message":"…"}
//   samples,device=press,tag=press.force value=1,status=0i 1767323045000000000
//
/// <summary>What a server would not have, kept for people in at most two files of bounded size.</summary>
internal sealed class RejectFile(string path, long bytesMax, TimeProvider clock)
{
    private const int ReasonCharsMax = 500;

    /// <summary>Appends lines; they are on disk when this returns.</summary>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    public void Append(ReadOnlySpan<byte> lines, string reason)
    {
        var shortReason = reason[..Math.Min(reason.Length, ReasonCharsMax)].ReplaceLineEndings(" ");
        var comment = $"# {UtcTime.Now(clock)} {shortReason}\n";
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        if (File.Exists(path) && new FileInfo(path).Length + lines.Length > bytesMax)
        {
            File.Move(path, path + ".1", overwrite: true);
        }

        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        file.Write(Encoding.UTF8.GetBytes(comment));
        file.Write(lines);
        file.Flush(flushToDisk: true);
    }
}
