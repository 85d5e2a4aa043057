using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerCrm.Platform.Access.Keys;

/// <summary>Writes down once a minute which keys were used and when, all in one transaction; and once more when the program stops.</summary>
internal sealed class LastUsedWriter(ApiKeyCache keys, ApiKeyStore store, TimeProvider clock, ILogger<LastUsedWriter> log) : BackgroundService
{
    private static readonly TimeSpan every = TimeSpan.FromMinutes(1);

    public async Task WriteAsync(CancellationToken ct)
    {
        var uses = new List<(KeyUse Use, long UsedAt)>();
        var rows = new List<KeyUsed>();
        foreach (var key in keys.Known)
        {
            var usedAt = Volatile.Read(ref key.Use.LastUsed);
            if (usedAt <= key.Use.LastWritten || key.Grant.Kind is ApiKeyKind.Operator or ApiKeyKind.User or ApiKeyKind.Invitation) continue;
            uses.Add((key.Use, usedAt));
            rows.Add(new KeyUsed(key.Grant.TenantId, key.Grant.KeyId.ToByteArray(bigEndian: true), new DateTimeOffset(usedAt, TimeSpan.Zero)));
        }
        if (rows.Count == 0) return;

        await store.WriteLastUsedAsync(rows, ct);
        foreach (var (use, usedAt) in uses) use.LastWritten = usedAt;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await TryWriteAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping; what is left is written below.
        }
        await TryWriteAsync(CancellationToken.None);
    }

    // What cannot be written now is written in a minute: nobody waits for it.
    private async Task TryWriteAsync(CancellationToken ct)
    {
        try
        {
            await WriteAsync(ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogWarning(e, "The last use of API keys could not be written; it will be tried again");
        }
    }
}
