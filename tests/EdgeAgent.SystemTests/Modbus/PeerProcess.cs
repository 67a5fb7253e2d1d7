using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace EdgeAgent.SystemTests.Modbus;

/// <summary>A program that a test starts and always ends.</summary>
internal sealed class PeerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private PeerProcess(Process process) => _process = process;

    public static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;

    /// <summary>Starts a program, or skips the test where it is not installed.</summary>
    public static PeerProcess Start(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
            var process = Process.Start(start)!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            return new(process);
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{program} is not installed.");
            throw;
        }
    }

    /// <summary>Runs a program to its end, or skips the test where it is missing or fails.</summary>
    public static async Task RequireAsync(string reason, string program, params string[] arguments)
    {
        using var peer = Start(program, arguments);
        using var patience = new CancellationTokenSource(Patience);
        await peer._process.WaitForExitAsync(patience.Token);
        Assert.SkipUnless(peer._process.ExitCode == 0, reason);
    }

    /// <summary>Asks until the answer is yes. Fails when the process ends, or after a generous limit.</summary>
    public async Task WaitUntilAsync(Func<Task<bool>> isReady)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await isReady())
        {
            Assert.False(_process.HasExited, "The peer ended early.");
            await Task.Delay(50, patience.Token);
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }
}
