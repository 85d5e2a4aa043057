using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Messages.Sending;

public sealed record RescueMessages;

/// <summary>Each night: a message that should have left long ago and has not gets a job again, whatever became of its first one.</summary>
internal sealed class RescueMessagesJob(TenantDb db, JobQueue jobs, TimeProvider clock) : IJob<RescueMessages>
{
    private const int AtOnce = 10_000;
    private static readonly TimeSpan patience = TimeSpan.FromHours(1);

    public async Task RunAsync(RescueMessages work, CancellationToken ct)
    {
        foreach (var id in await db.QueryTopAsync<Id<Message>>(Stuck, AtOnce, new { Before = clock.GetUtcNow() - patience }, ct))
            await jobs.EnqueueOnceAsync(new SendMessage(id), id.ToString(), ct);
    }

    private static readonly TenantSql Stuck = TenantSql.Of("""
        SELECT m.Id
        FROM Messages m
        WHERE m.TenantId = @TenantId
          AND m.State IN (1, 2, 3)
          AND m.DueAt < @Before
        ORDER BY m.DueAt, m.Id
        """);
}
