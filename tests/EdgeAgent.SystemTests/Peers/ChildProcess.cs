using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace EdgeAgent.SystemTests.Peers;

/// <summary>
/// A real peer in a process of its own. It is killed when disposed, and whatever is still alive when the tests end is
/// killed then. Its output is kept to say why it failed.
/// </summary>
internal sealed partial class ChildProcess : IAsyncDisposable
{
    private const int SigTerm = 15;
    private const int OutputLinesKept = 200;

    private static readonly ConcurrentDictionary<int, ChildProcess> Alive = new();

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _standardOutput = new();

    static ChildProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var child in Alive.Values)
        {
            child.TryKill();
        }
    };

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>The last lines of stdout and stderr.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>The last lines of stdout alone; all of them once the process has ended.</summary>
    public IReadOnlyList<string> StandardOutput => [.. _standardOutput];

    /// <summary>The whole path of a program, or null if it is not installed.</summary>
    public static string? Find(string program) =>
        new[] { "/usr/sbin", "/usr/bin", "/usr/local/bin", "/bin" }
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    /// <summary>
    /// The whole path of a program; the test is skipped, with the package to install, if there is none.
    /// </summary>
    public static string Require(string program, string package)
    {
        var path = Find(program);
        Assert.SkipWhen(path is null, $"{program} is not installed: apt-get install {package}.");
        return path!;
    }

    public static ChildProcess Start(string program, IEnumerable<string> arguments, string? workingFolder = null)
    {
        var process = new Process
        {
            StartInfo = new(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
                WorkingDirectory = workingFolder ?? "",
            },
        };
        var child = new ChildProcess(process);
        process.OutputDataReceived += (_, line) =>
        {
            Keep(line.Data, child._output);
            Keep(line.Data, child._standardOutput);
        };
        process.ErrorDataReceived += (_, line) => Keep(line.Data, child._output);
        process.Start();
        Alive[process.Id] = child;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Waits until the peer answers; fails with its output if it ends or does not answer in time.</summary>
    public async Task WaitReadyAsync(Func<Task<bool>> answers, TimeSpan? limit = null)
    {
        await Eventually.TrueAsync(
            async () => _process.HasExited || await answers(),
            () => $"{_process.StartInfo.FileName} is not ready:\n{Output}",
            limit);
        Assert.False(_process.HasExited, $"{_process.StartInfo.FileName} ended:\n{Output}");
    }

    /// <summary>One line to its standard input.</summary>
    public async Task WriteLineAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>SIGKILL, as a power cut would.</summary>
    public async Task KillAsync()
    {
        TryKill();

        // Its output must end too, and a grandchild that lives on would hold it open for ever.
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Alive.TryRemove(_process.Id, out _);
    }

    /// <summary>SIGTERM, and its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        if (!_process.HasExited)
        {
            _ = Signal(_process.Id, SigTerm);
        }

        await _process.WaitForExitAsync();
        Alive.TryRemove(_process.Id, out _);
        return _process.ExitCode;
    }

    /// <summary>Waits until it ends by itself, with its output read to the end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> WaitForExitAsync(TimeSpan limit)
    {
        using var patience = new CancellationTokenSource(limit);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{_process.StartInfo.FileName} still runs after {limit.TotalSeconds} s:\n{Output}");
        }

        Alive.TryRemove(_process.Id, out _);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private void TryKill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }

    private static void Keep(string? line, ConcurrentQueue<string> lines)
    {
        if (line is null)
        {
            return;
        }

        lines.Enqueue(line);
        while (lines.Count > OutputLinesKept)
        {
            lines.TryDequeue(out _);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int pid, int signal);
}
