using EdgeAgent.Commands;
using EdgeAgent.Commands.Browse;
using EdgeAgent.Commands.Servers;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.SecureChannel;

namespace EdgeAgent.SystemTests.OpcUa.Session;

/// <summary>What edgeagent browse and read print, over the wire.</summary>
public sealed class BrowseRunTests
{
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly StringWriter _errors = new() { NewLine = "\n" };

    [Fact]
    public async Task Loops_end_and_every_variable_is_a_row()
    {
        await using var rig = new SessionRig();

        var code = await BrowseAsync(rig, csv: true);

        var rows = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(ExitCode.Ok, code);
        Assert.Equal(TagCsv.Header, rows[0]);
        Assert.Equal(SessionRig.Variables + 2, rows.Length - 1);
        Assert.Contains("Press1.V7,Press1,nsu=urn:test:line;i=8,float64,,3,,,V7", rows);
    }

    [Fact]
    public async Task What_is_found_before_the_bound_is_written_and_said_to_be_incomplete()
    {
        await using var rig = new SessionRig();

        var code = await BrowseAsync(rig, csv: true, maxNodes: 50);

        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("incomplete", _errors.ToString(), StringComparison.Ordinal);
        Assert.StartsWith(TagCsv.Header, _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interruption_says_what_is_missing()
    {
        await using var rig = new SessionRig();
        using var stopping = new CancellationTokenSource();
        await using var session = await rig.ConnectAsync();
        await stopping.CancelAsync();

        var code = await Run(csv: true, 100_000).RunAsync(session, stopping.Token);

        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("interrupted", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_shows_values_statuses_and_times_and_ends_with_an_error_where_one_is_bad()
    {
        await using var rig = new SessionRig();
        string[] addresses = ["nsu=urn:test:line;i=8", "nsu=urn:test:line;s=no", "nsu=urn:gone;i=1"];
        var run = new ReadRun([.. addresses.Select(NodeAddress.Parse)], _output);

        var code = await CommandOf(rig).RunAsync(run.RunAsync, TestContext.Current.CancellationToken);

        var text = _output.ToString();
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("值 / value                7\n", text, StringComparison.Ordinal);
        Assert.Contains("Good 0x00000000", text, StringComparison.Ordinal);
        Assert.Contains("BadNodeIdUnknown", text, StringComparison.Ordinal);
        Assert.Contains("no namespace urn:gone", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_untrusted_server_shows_its_thumbprint_and_the_command_that_trusts_it()
    {
        await using var rig = new SessionRig();
        rig.Server.Faults.RenewCertificate();

        var code = await CommandOf(rig, isSecured: true).RunAsync(
            (_, _) => Task.FromResult(ExitCode.Ok), TestContext.Current.CancellationToken);

        var thumbprint = rig.Server.Certificate.Thumbprint;
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("BadCertificateUntrusted", _errors.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            $"edgeagent certs trust --pki {rig.Store.Folder} {thumbprint}",
            _errors.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_listens_and_the_message_says_so()
    {
        var request = new ServerRequest
        {
            Url = new("opc.tcp://127.0.0.1:1"),
            PkiFolder = Directory.CreateTempSubdirectory("edgeagent-").FullName,
        };
        try
        {
            var code = await new ServerCommand(request, TimeProvider.System, _errors).RunAsync(
                (_, _) => Task.FromResult(ExitCode.Ok), TestContext.Current.CancellationToken);

            Assert.Equal(ExitCode.Failed, code);
            Assert.Contains("连不上", _errors.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(request.PkiFolder, recursive: true);
        }
    }

    private async Task<int> BrowseAsync(SessionRig rig, bool csv, int maxNodes = 100_000) =>
        await CommandOf(rig).RunAsync(Run(csv, maxNodes).RunAsync, TestContext.Current.CancellationToken);

    private ServerCommand CommandOf(SessionRig rig, bool isSecured = false) => new(
        new()
        {
            Url = rig.Server.EndpointUrl,
            Policy = isSecured ? null : SecurityPolicy.None,
            PkiFolder = rig.Store.Folder,
            Timeout = TimeSpan.FromMinutes(1),
        },
        TimeProvider.System,
        _errors);

    private BrowseRun Run(bool csv, int maxNodes) => new(
        csv,
        32,
        maxNodes,
        new NodeAddress(null, new(85)),
        new ProgressLine(_errors, isTerminal: false, TimeProvider.System),
        TimeProvider.System,
        _output,
        _errors);
}
