using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Platform.Events;

/// <summary>Tells the bus of this process, right after a commit, which tenant has news; other processes find out by looking.</summary>
public sealed class BusSignal : IDisposable
{
    internal Turns<int> Turns { get; } = new();

    public void Dispose() => Turns.Dispose();
}
