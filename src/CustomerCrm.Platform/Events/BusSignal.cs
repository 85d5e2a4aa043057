namespace CustomerCrm.Platform.Events;

/// <summary>
/// Wakes whoever reads the bus or the queue in this process right after a commit; other processes find out by looking.
/// Take <see cref="Next"/> first, then look for work, then await it: so no signal falls between.
/// </summary>
public sealed class BusSignal
{
    private TaskCompletionSource current = New();

    public Task Next => Volatile.Read(ref current).Task;

    public void Set() => Interlocked.Exchange(ref current, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
