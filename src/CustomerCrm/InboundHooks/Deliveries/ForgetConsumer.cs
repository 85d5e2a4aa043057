using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;

namespace CustomerCrm.InboundHooks.Deliveries;

/// <summary>Who is purged is purged from what came in, too: that it came stays, so that it is not taken in again; what it said does not.</summary>
internal sealed class ForgetConsumer(TenantDb db) : IEventConsumer
{
    public string Name => "hook_deliveries";

    public ValueTask<bool> ConcernsAsync(IReadOnlyList<EventRow> events, CancellationToken ct) => ValueTask.FromResult(events.Any(IsPurge));

    public async Task HandleAsync(IReadOnlyList<EventRow> events, CancellationToken ct)
    {
        foreach (var purged in events.Where(IsPurge))
            await db.ExecuteAsync(Forget, new { SubjectId = purged.CustomerId!.Value.ToByteArray(bigEndian: true) }, ct);
    }

    private static bool IsPurge(EventRow e) => e.Type == "customer.purged" && e.CustomerId is not null;

    private static readonly TenantSql Forget = TenantSql.Of("""
        UPDATE HookDeliveries
        SET Body = NULL, HeadersText = NULL, ResultsText = NULL, ErrorsText = NULL, SubjectId = NULL
        WHERE TenantId = @TenantId
          AND (SubjectId = @SubjectId
            OR Id IN (SELECT s.DeliveryId FROM HookDeliverySubjects s WHERE s.TenantId = @TenantId AND s.SubjectId = @SubjectId))
        """);
}
