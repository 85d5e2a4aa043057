using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Webhooks;

/// <summary>DELETE /webhooks/{webhook_id}: for good, with what was not delivered yet.</summary>
public static class RemoveWebhook
{
    internal static async Task<NoContent> Handle(
        [FromRoute(Name = "webhook_id")] Id<Webhook> webhookId, IfMatch ifMatch, TenantDb db, EventLog events, CancellationToken ct)
    {
        var current = await WebhookEntry.FindAsync(webhookId, db, ct);
        ifMatch.Check(current.Revision);
        if (await db.ExecuteAsync(Delete, new { WebhookId = webhookId }, ct) == 0) throw ApiProblem.NotFound("webhook");
        events.Record("webhook.deleted", current);
        return TypedResults.NoContent();
    }

    private static readonly TenantSql Delete = TenantSql.Of("""
        DELETE FROM Webhooks
        WHERE TenantId = @TenantId AND Id = @WebhookId
        """);
}
