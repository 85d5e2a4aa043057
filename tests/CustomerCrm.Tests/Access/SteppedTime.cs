namespace CustomerCrm.Tests.Access;

/// <summary>A clock of a test's own: it stands until it is told to step, wall time and timestamps alike.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private long ticks = new DateTimeOffset(2030, 1, 15, 9, 0, 0, TimeSpan.Zero).UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref ticks);

    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    public void Step(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
}
