using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Secrets;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Outbound.Web;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Tenancy;
using CustomerCrm.Platform.Webhooks;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Webhooks;

/// <summary>PATCH /webhooks/{webhook_id}: another URL, other events, disabled or enabled.</summary>
public static class ChangeWebhook
{
    public sealed record Request
    {
        /// <example>https://example.com/hooks/crm</example>
        [Required, StringLength(2048, MinimumLength = 1)] public Change<string> Url { get; init; }

        /// <summary>All that it hears from now on.</summary>
        /// <example>["customer.created", "order.*"]</example>
        [Required, MinLength(1), MaxLength(50)] public Change<IReadOnlyList<string>> Events { get; init; }

        [StringLength(500)] public Change<string?> Description { get; init; }
        [Required] public Change<PayloadKind?> Payload { get; init; }

        /// <summary>While it is <c>disabled</c> nothing is sent, and what would have been is held.</summary>
        [Required] public Change<WebhookStatus?> Status { get; init; }
    }

    internal static async Task<WebhookEntry> Handle(
        [FromRoute(Name = "webhook_id")] Id<Webhook> webhookId, Request request, IfMatch ifMatch, WebTarget targets, SecretBox secrets, CurrentTenant tenant,
        TenantDb db, WebhookOutbox outbox, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var current = await WebhookEntry.FindAsync(webhookId, db, ct);
        ifMatch.Check(current.Revision);
        var now = clock.GetUtcNow();
        var status = request.Status.Or(current.Status)!.Value;
        var changed = current with
        {
            Url = request.Url.IsSet ? UrlMask.Of(WebhookRules.UrlOf(request.Url.Value!, targets)) : current.Url,
            Filters = request.Events.IsSet ? WebhookRules.FiltersOf(request.Events.Value!) : current.Filters,
            Description = request.Description.Or(current.Description),
            Payload = request.Payload.Or(current.Payload)!.Value,
            Status = status,
            DisabledReason = status == WebhookStatus.Enabled ? null : current.DisabledReason ?? DisabledReason.ByRequest,
            DisabledAt = status == WebhookStatus.Enabled ? null : current.DisabledAt ?? now,
        };
        if (changed == current && !request.Url.IsSet) return current;

        changed = changed with { Revision = current.Revision + 1, UpdatedAt = now };
        var updated = await db.ExecuteAsync(Update, new
        {
            changed.Id, changed.Url, changed.Filters, changed.Description, changed.Payload, changed.Status, changed.DisabledReason, changed.DisabledAt, changed.Revision, changed.UpdatedAt,
            UrlSealed = request.Url.IsSet ? secrets.Seal(request.Url.Value!, WebhookSecret.PlaceOf(tenant.Id, webhookId.Value, "url")) : null,
        }, ct);
        if (updated == 0) throw ApiProblem.PreconditionFailed();
        if (status == WebhookStatus.Disabled) await outbox.HoldAsync(webhookId, ct);
        else if (current.Status == WebhookStatus.Disabled || request.Url.IsSet) await outbox.ForgiveAsync(webhookId, ct);
        events.Record("webhook.updated", changed);
        return changed;
    }

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE Webhooks
        SET Url = @Url, UrlSealed = COALESCE(@UrlSealed, UrlSealed), Filters = @Filters, Description = @Description, Payload = @Payload, Status = @Status,
            DisabledReason = @DisabledReason, DisabledAt = @DisabledAt, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision - 1
        """);
}
