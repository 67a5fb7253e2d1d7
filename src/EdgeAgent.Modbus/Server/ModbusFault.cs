namespace EdgeAgent.Modbus.Server;

/// <summary>How a server shall misbehave for one request. The default value is good behaviour.</summary>
public readonly record struct ModbusFault
{
    /// <summary>Answer properly.</summary>
    public static ModbusFault None => default;

    /// <summary>Say nothing, as a unit that is switched off.</summary>
    public static ModbusFault NoAnswer => new() { IsSilent = true };

    /// <summary>Close the connection without an answer.</summary>
    public static ModbusFault DropConnection => new() { DropsConnection = true };

    /// <summary>Answer under another transaction identifier. Means nothing on a serial line.</summary>
    public static ModbusFault WrongTransactionId => new() { ShiftsTransactionId = true };

    /// <summary>Send the answer twice.</summary>
    public static ModbusFault Duplicate => new() { IsTwice = true };

    internal bool IsSilent { get; private init; }

    internal bool DropsConnection { get; private init; }

    internal bool ShiftsTransactionId { get; private init; }

    internal bool IsTwice { get; private init; }

    internal ModbusExceptionCode Refusal { get; private init; }

    internal TimeSpan Pause { get; private init; }

    /// <summary>Refuse with an exception code, named or not.</summary>
    public static ModbusFault Refuse(ModbusExceptionCode code) => new() { Refusal = code };

    /// <summary>Answer properly, but later. The requests behind it on the same connection wait.</summary>
    public static ModbusFault Delay(TimeSpan pause) => new() { Pause = pause };
}
