using System.Globalization;

namespace EdgeAgent.Commands.Demo;

/// <summary>Writes the log of the demo into a file, so that the screen stays free for its progress.</summary>
internal sealed class LogFile(string path, TimeProvider clock) : ILoggerProvider
{
    private readonly Lock _gate = new();
    private readonly StreamWriter _file = new(path) { AutoFlush = true };

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose() => _file.Dispose();

    private void Write(string line)
    {
        lock (_gate)
        {
            _file.WriteLine(line);
        }
    }

    private sealed class Logger(LogFile file, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                file.Write(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{file.Now} {logLevel} {category}[{eventId.Id}] {formatter(state, exception)} {exception}"));
            }
        }
    }

    private string Now => clock.GetUtcNow().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
}
