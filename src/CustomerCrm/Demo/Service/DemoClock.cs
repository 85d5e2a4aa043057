namespace CustomerCrm.Demo.Service;

/// <summary>The clock of a program with a demo: while a piece of the demo's past is written it is then, for whoever writes it and for nobody else.</summary>
internal sealed class DemoClock : TimeProvider
{
    private readonly AsyncLocal<DateTimeOffset?> past = new();

    public override DateTimeOffset GetUtcNow() => past.Value ?? base.GetUtcNow();

    /// <summary>From here on in this piece of work it is then.</summary>
    public void Be(DateTimeOffset? then) => past.Value = then;
}
