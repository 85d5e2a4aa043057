namespace CustomerCrm.Platform.Webhooks;

/// <summary>Tells the sender of this process, right after a commit, that something is to be sent; other processes find out by looking.</summary>
public sealed class WebhookSignal : IDisposable
{
    private readonly SemaphoreSlim bell = new(0, 1);
    private readonly Lock gate = new();

    internal void Ring()
    {
        lock (gate)
            if (bell.CurrentCount == 0) bell.Release();
    }

    internal Task WaitAsync(TimeSpan atMost, CancellationToken ct) => bell.WaitAsync(atMost, ct);

    public void Dispose() => bell.Dispose();
}
