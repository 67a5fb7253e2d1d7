using System.Runtime.CompilerServices;
using EdgeAgent.Modbus.Planning;

namespace EdgeAgent.Modbus.Client;

/// <summary>
/// Polls the points of one unit with the fewest requests, and learns what the unit does not serve: a request refused
/// for its address is halved until the culprit is found, while all other points still get their values in the same
/// poll.
/// </summary>
public sealed class UnitReader
{
    /// <summary>
    /// Further requests that one poll may spend on finding illegal addresses. Halving 2,000 bits takes 22, so each poll
    /// finds at least one.
    /// </summary>
    public const int MaxSearchRequests = 32;

    /// <summary>How long an illegal address is believed to stay illegal, on one connection.</summary>
    public static readonly TimeSpan ObstacleLifetime = TimeSpan.FromHours(1);

    // A unit that has spoken in this poll may leave two requests unanswered before the rest is given up.
    private const int MaxTimeoutsWhenAlive = 2;

    // A request that is never answered, although others are, is left out of up to 63 of 64 polls.
    private const int MaxSkipExponent = 6;

    private readonly ModbusClient _client;
    private readonly byte _unit;
    private readonly UnitReaderSettings _settings;
    private readonly TimeProvider _clock;
    private readonly IReadOnlyList<AddressRange> _points;
    private readonly LearnedObstacles _obstacles = new();
    private readonly int[] _notReadable;
    private int[] _holes = [];
    private long _obstaclesSince;
    private long _obstaclesConnection;

    // Of the blocks of the plan: polls in a row without an answer although the unit was alive, and polls to leave out.
    private int[] _silences = [];
    private int[] _skips = [];
    private int _firstBlock;

    // Of the poll that runs.
    private IReadSink _sink = null!;
    private TimeSpan? _probe;
    private long _deadline;
    private bool _isAlive;
    private bool _isBusy;
    private bool _isUnreachable;
    private bool _hasLearned;
    private int _timeouts;
    private int _searchRequests;

    /// <param name="client">The line, which other readers may share, one poll at a time.</param>
    /// <param name="unit">Unit identifier.</param>
    /// <param name="points">What to read.</param>
    /// <param name="settings">How.</param>
    /// <param name="clock">The same as the client's.</param>
    public UnitReader(
        ModbusClient client, byte unit, IReadOnlyList<AddressRange> points, UnitReaderSettings settings,
        TimeProvider clock)
    {
        _client = client;
        _unit = unit;
        _points = points;
        _settings = settings;
        _clock = clock;
        Plan = ReadPlanner.Plan(points, settings.Limits);
        _notReadable = Plan.Unreadable;
        Adopt(Plan);
    }

    /// <summary>The requests of the next poll.</summary>
    public ReadPlan Plan { get; private set; }

    /// <summary>Points found to be illegal addresses, by index.</summary>
    public IReadOnlyList<int> Holes => _holes;

    /// <summary>Reads all points once.</summary>
    /// <param name="sink">Told of every point exactly once, also on failure.</param>
    /// <param name="budget">Time until somebody else needs the line: busy units are not asked again after it.</param>
    /// <param name="probe">
    /// Null, or for a unit that was silent before: one request without retries, for which this time-out holds, decides
    /// whether it still is.
    /// </param>
    /// <param name="cancellationToken">Ends the poll at once; points may then be missing.</param>
    public async ValueTask<PollOutcome> PollAsync(
        IReadSink sink, TimeSpan budget, TimeSpan? probe, CancellationToken cancellationToken)
    {
        _sink = sink;
        _probe = probe;
        _deadline = _clock.GetTimestamp() + (long)(budget.TotalSeconds * _clock.TimestampFrequency);
        (_isAlive, _isBusy, _isUnreachable, _hasLearned) = (false, false, false, false);
        (_timeouts, _searchRequests) = (0, 0);
        ForgetOldObstacles();

        Fail(_notReadable, ReadOutcome.NotReadable);
        Fail(_holes, ReadOutcome.Refused, ModbusExceptionCode.IllegalDataAddress);
        var plan = Plan;
        var first = _firstBlock;
        for (var i = 0; i < plan.Blocks.Length; i++)
        {
            var index = (first + i) % plan.Blocks.Length;
            if (_skips[index] > 0)
            {
                _skips[index]--;
                Fail(plan.PointsOf(plan.Blocks[index]), ReadOutcome.TimedOut);
                continue;
            }

            var timeouts = _timeouts;
            await ReadAsync(plan, plan.Blocks[index], cancellationToken);
            if (_timeouts > timeouts)
            {
                _firstBlock = (index + 1) % plan.Blocks.Length;
                _silences[index]++;
            }
            else
            {
                _silences[index] = 0;
            }
        }

        if (_isAlive)
        {
            SkipSilentBlocks();
        }

        if (_hasLearned)
        {
            Adopt(ReadPlanner.Plan(_points, _settings.Limits, _obstacles));
        }

        return _isAlive || plan.Blocks.Length == 0 ? PollOutcome.Alive
            : _client.IsOpen || _timeouts > 0 ? PollOutcome.Silent
            : PollOutcome.Disconnected;
    }

    /// <returns>Whether all points of the block have their values.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> ReadAsync(ReadPlan plan, ReadBlock block, CancellationToken cancellationToken)
    {
        if (GiveUpReason is { } reason)
        {
            Fail(plan.PointsOf(block), reason, _isUnreachable
                ? ModbusExceptionCode.GatewayTargetDeviceFailedToRespond : ModbusExceptionCode.None);
            return false;
        }

        // A late answer could pass for this one's: ask for other quantities.
        if (!_client.MayAsk(_unit, block.Range) && TryVary(plan, block, out var left, out var right))
        {
            return await ReadAsync(plan, left, cancellationToken) & await ReadAsync(plan, right, cancellationToken);
        }

        var result = await AskAsync(block.Range, cancellationToken);
        switch (result.Outcome)
        {
            case ReadOutcome.Answered:
                _isAlive = true;
                _sink.Received(plan.PointsOf(block), block.Range, result.Data.Span);
                return true;

            case ReadOutcome.Refused when RefusalPolicy.IsUnreachable(result.Refusal):
                _isUnreachable = true;
                break;

            case ReadOutcome.Refused:
                _isAlive = true;
                if (result.Refusal == ModbusExceptionCode.IllegalDataAddress && result.IsCertain)
                {
                    return await SearchAsync(plan, block, cancellationToken);
                }

                break;

            case ReadOutcome.TimedOut:
                _timeouts++;
                break;
        }

        Fail(plan.PointsOf(block), result.Outcome, result.Refusal);
        return false;
    }

    private ReadOutcome? GiveUpReason =>
        !_client.IsOpen ? ReadOutcome.Disconnected
        : _isUnreachable ? ReadOutcome.Refused
        : _timeouts >= (_isAlive ? MaxTimeoutsWhenAlive : 1) ? ReadOutcome.TimedOut
        : null;

    /// <summary>Halves a block that was refused for its address.</summary>
    private async ValueTask<bool> SearchAsync(ReadPlan plan, ReadBlock block, CancellationToken cancellationToken)
    {
        if (!TryHalve(plan, block, out var left, out var right))
        {
            _obstacles.AddHole(block.Range);
            _hasLearned = true;
            Fail(plan.PointsOf(block), ReadOutcome.Refused, ModbusExceptionCode.IllegalDataAddress);
            return false;
        }

        if (_searchRequests + 2 > MaxSearchRequests)
        {
            Fail(plan.PointsOf(block), ReadOutcome.Refused, ModbusExceptionCode.IllegalDataAddress);
            return false;
        }

        _searchRequests += 2;
        var isLeftRead = await ReadAsync(plan, left, cancellationToken);
        var isRightRead = await ReadAsync(plan, right, cancellationToken);
        if (isLeftRead && isRightRead)
        {
            _obstacles.AddCut(right.Range.Function, right.Range.Address);
            _hasLearned = true;
        }

        return isLeftRead && isRightRead;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> AskAsync(AddressRange range, CancellationToken cancellationToken)
    {
        var probe = _isAlive ? null : _probe;
        var timeout = probe ?? _settings.Timeout;
        var retries = probe is null ? _settings.Retries : 0;
        var busyRetries = probe is not null || _isBusy ? RefusalPolicy.MaxRetries : 0;
        ReadResult? busy = null;
        while (true)
        {
            var result = await _client.ReadAsync(_unit, range, timeout, cancellationToken);
            if (result.Outcome is ReadOutcome.TimedOut or ReadOutcome.Garbled && retries > 0 && _client.IsOpen)
            {
                retries--;
            }
            else if (result.Outcome == ReadOutcome.TimedOut && busy is { } told)
            {
                return told; // It said why it would be slow.
            }
            else if (result.Outcome == ReadOutcome.Refused && RefusalPolicy.IsTransient(result.Refusal))
            {
                busyRetries++;
                if (busyRetries > RefusalPolicy.MaxRetries
                    || RefusalPolicy.DelayBefore(busyRetries) is var delay && delay >= RemainingBudget)
                {
                    _isBusy = true;
                    return result;
                }

                busy = result;
                await Task.Delay(delay, _clock, cancellationToken);
            }
            else
            {
                return result;
            }
        }
    }

    private TimeSpan RemainingBudget
    {
        get
        {
            var now = _clock.GetTimestamp();
            return now < _deadline ? _clock.GetElapsedTime(now, _deadline) : TimeSpan.Zero;
        }
    }

    private bool TryVary(ReadPlan plan, in ReadBlock block, out ReadBlock left, out ReadBlock right)
    {
        for (var leftCount = block.Count - 1; leftCount > 0; leftCount--)
        {
            if (plan.TrySplit(block, leftCount, out left, out right)
                && left.Range.Quantity != right.Range.Quantity
                && _client.MayAsk(_unit, left.Range) && _client.MayAsk(_unit, right.Range))
            {
                return true;
            }
        }

        (left, right) = (default, default);
        return false;
    }

    private static bool TryHalve(ReadPlan plan, in ReadBlock block, out ReadBlock left, out ReadBlock right)
    {
        // The middle, or the nearest place to it where no point is cut.
        var middle = block.Count / 2;
        for (var distance = 0; distance < block.Count; distance++)
        {
            if (middle - distance > 0 && plan.TrySplit(block, middle - distance, out left, out right))
            {
                return true;
            }

            if (distance > 0 && middle + distance < block.Count
                && plan.TrySplit(block, middle + distance, out left, out right))
            {
                return true;
            }
        }

        (left, right) = (default, default);
        return false;
    }

    private void SkipSilentBlocks()
    {
        for (var i = 0; i < _silences.Length; i++)
        {
            // The first silence is forgiven.
            if (_silences[i] > 1 && _skips[i] == 0)
            {
                _skips[i] = (1 << Math.Min(_silences[i] - 1, MaxSkipExponent)) - 1;
            }
        }
    }

    private void ForgetOldObstacles()
    {
        var isOtherConnection = _client.Counters.Connections != _obstaclesConnection;
        _obstaclesConnection = _client.Counters.Connections;
        if (!_obstacles.IsEmpty
            && (isOtherConnection || _clock.GetElapsedTime(_obstaclesSince) >= ObstacleLifetime))
        {
            _obstacles.Clear();
            Adopt(ReadPlanner.Plan(_points, _settings.Limits));
        }
    }

    private void Adopt(ReadPlan plan)
    {
        Plan = plan;
        _holes = [.. plan.Unreadable.Except(_notReadable)];
        _silences = new int[plan.Blocks.Length];
        _skips = new int[plan.Blocks.Length];
        _firstBlock = 0;
        _obstaclesSince = _clock.GetTimestamp();
    }

    private void Fail(
        ReadOnlySpan<int> points, ReadOutcome outcome, ModbusExceptionCode refusal = ModbusExceptionCode.None)
    {
        if (!points.IsEmpty)
        {
            _sink.Failed(points, outcome, refusal);
        }
    }
}
