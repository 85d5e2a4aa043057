using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Secrets;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Tenancy;
using CustomerCrm.Platform.Webhooks;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Webhooks;

/// <summary>POST /webhooks/{webhook_id}/secret_rotations: a new secret. For a while both sign, so that the receiver can change over without a gap.</summary>
public static class RotateSecret
{
    public sealed record Request
    {
        /// <summary>How many hours deliveries are signed with the former secret too. 0: it is worth nothing from now on.</summary>
        /// <example>24</example>
        [Range(0, 168)] public int OverlapHours { get; init; } = 24;
    }

    internal static async Task<CreateWebhook.Response> Handle(
        [FromRoute(Name = "webhook_id")] Id<Webhook> webhookId, Request request, IfMatch ifMatch, SecretBox secrets, CurrentTenant tenant, TenantDb db, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var current = await WebhookEntry.FindAsync(webhookId, db, ct);
        ifMatch.Check(current.Revision);
        var (now, secret) = (clock.GetUtcNow(), WebhookSecret.Make());
        var changed = current with
        {
            FormerSecretEndsAt = request.OverlapHours > 0 ? now.AddHours(request.OverlapHours) : null,
            Revision = current.Revision + 1,
            UpdatedAt = now,
        };
        var rotated = await db.ExecuteAsync(Rotate, new
        {
            changed.Id, changed.FormerSecretEndsAt, changed.Revision, changed.UpdatedAt,
            SecretSealed = secrets.Seal(secret, WebhookSecret.PlaceOf(tenant.Id, webhookId.Value, "secret")),
        }, ct);
        if (rotated == 0) throw ApiProblem.PreconditionFailed();
        events.Record("webhook.updated", changed);
        return new CreateWebhook.Response(changed) { Secret = secret };
    }

    private static readonly TenantSql Rotate = TenantSql.Of("""
        UPDATE Webhooks
        SET FormerSecretSealed = CASE WHEN @FormerSecretEndsAt IS NULL THEN NULL ELSE SecretSealed END,
            FormerSecretEndsAt = @FormerSecretEndsAt, SecretSealed = @SecretSealed, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision - 1
        """);
}
