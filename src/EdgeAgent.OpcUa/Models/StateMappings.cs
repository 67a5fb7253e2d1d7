namespace EdgeAgent.OpcUa.Models;

/// <summary>
/// The proposals. The standards do not agree with each other (OPC 40001-1, annex C, and OPC 40501-1, C.2.3:
/// NotExecuting is down time or delay, depending on whether an order is there, which no machine knows). Availability
/// and OEE do not depend on it, since only production time counts there.
/// </summary>
public static class StateMappings
{
    public static readonly StateMapping MachineryItemState = new(
        "machinery-item-state",
        "1",
        "OPC 40001-1 MachineryItemState; OPC 40501-1 C.2.3",
        ("调整时也是 Executing，这里算生产；要分开就看 MachineryOperationMode",
            "the machine is also Executing during setup, which counts as production here; MachineryOperationMode tells "
            + "them apart"),
        [
            new(0, "NotAvailable", null),
            new(1, "OutOfService", TimeElement.Delay),
            new(2, "NotExecuting", TimeElement.Down),
            new(3, "Executing", TimeElement.Production),
        ]);

    public static readonly StateMapping MachineryOperationMode = new(
        "machinery-operation-mode",
        "1",
        "OPC 40001-1 MachineryOperationMode; OPC 40501-1 C.2.3",
        ("Processing 只说明设备准备生产，不说明真的在转；有 MachineryItemState 时不要用它",
            "Processing only says that the machine is set to produce, not that it does; do not use it where there is a "
            + "MachineryItemState"),
        [
            new(0, "None", TimeElement.Down),
            new(1, "Maintenance", TimeElement.Down),
            new(2, "Setup", TimeElement.Setup),
            new(3, "Processing", TimeElement.Production),
        ]);

    public static readonly StateMapping MachineToolProduction = new(
        "machinetool-production",
        "1",
        "OPC 40501-1 ProductionStateMachineType",
        ("程序在运行不等于在切削；没有程序的时间算停机",
            "a program that runs need not be cutting; time without a program counts as down"),
        [
            new(0, "Initializing", TimeElement.Setup),
            new(1, "Running", TimeElement.Production),
            new(2, "Ended", TimeElement.Down),
            new(3, "Interrupted", TimeElement.Delay),
            new(4, "Aborted", TimeElement.Delay),
        ]);

    public static readonly StateMapping PackMl = new(
        "packml",
        "1",
        "OPC 30050 PackML (ANSI/ISA-TR88.00.02)",
        ("状态分三层：Running 和 Cleared 的细节在下一层状态机里，只用上层会少算生产时间",
            "there are three levels: what Running and Cleared consist of is told by the state machine below; the upper "
            + "one alone shows too little production"),
        [
            new(1, "Clearing", TimeElement.Delay),
            new(2, "Stopped", TimeElement.Down),
            new(3, "Starting", TimeElement.Setup),
            new(4, "Idle", TimeElement.Down),
            new(5, "Suspended", TimeElement.Delay),
            new(6, "Execute", TimeElement.Production),
            new(7, "Stopping", TimeElement.Down),
            new(8, "Aborting", TimeElement.Delay),
            new(9, "Aborted", TimeElement.Delay),
            new(10, "Holding", TimeElement.Delay),
            new(11, "Held", TimeElement.Delay),
            new(12, "Unholding", TimeElement.Delay),
            new(13, "Suspending", TimeElement.Delay),
            new(14, "Unsuspending", TimeElement.Delay),
            new(15, "Resetting", TimeElement.Setup),
            new(16, "Completing", TimeElement.Setup),
            new(17, "Complete", TimeElement.Down),
            new(18, "Running", null),
            new(19, "Cleared", null),
        ]);
}
