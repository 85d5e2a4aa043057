using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Webhooks;

/// <summary>DELETE /webhooks/{webhook_id}: for good, with what was not delivered yet. It is gone at once; a job takes its deliveries away.</summary>
public static class RemoveWebhook
{
    internal static async Task<NoContent> Handle(
        [FromRoute(Name = "webhook_id")] Id<Webhook> webhookId, IfMatch ifMatch, TenantDb db, WebhookOutbox outbox, JobQueue jobs, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var current = await WebhookEntry.FindAsync(webhookId, db, ct);
        ifMatch.Check(current.Revision);
        if (await db.ExecuteAsync(Delete, new { WebhookId = webhookId, Now = clock.GetUtcNow() }, ct) == 0) throw ApiProblem.NotFound("webhook");
        await outbox.CloseAsync(webhookId, ct);
        await jobs.EnqueueAsync(new ForgetWebhook(webhookId), ct);
        events.Record("webhook.deleted", current);
        return TypedResults.NoContent();
    }

    private static readonly TenantSql Delete = TenantSql.Of("""
        UPDATE Webhooks
        SET DeletedAt = @Now
        WHERE TenantId = @TenantId AND Id = @WebhookId AND DeletedAt IS NULL
        """);
}
