namespace EdgeAgent.Sinks.Mqtt;

internal sealed partial class MqttPublisher
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "MQTT {Endpoint}: {State}. {Reason} {Remedy}")]
        public static partial void State(
            ILogger log, MqttEndpoint endpoint, PublisherState state, string reason, string remedy);

        [LoggerMessage(2, LogLevel.Error, "The MQTT publisher met something it does not know; it goes on.")]
        public static partial void Unexpected(ILogger log, Exception error);
    }
}
