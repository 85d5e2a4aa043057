using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Secrets;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Idempotency;
using CustomerCrm.Platform.Outbound.Web;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Tenancy;
using CustomerCrm.Platform.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Webhooks;

/// <summary>POST /webhooks: url and events are enough, and no handshake is asked for.</summary>
public static class CreateWebhook
{
    internal const int MostEndpoints = 20, MostSubscriptions = 500;

    public sealed record Request
    {
        /// <summary>Where to send events: <c>https</c>, port 443 or 8443, a public host.</summary>
        /// <example>https://example.com/hooks/crm</example>
        [StringLength(2048, MinimumLength = 1)] public required string Url { get; init; }

        /// <summary>Names of events, <c>order.*</c> for all of a resource, <c>*</c> for all.</summary>
        /// <example>["customer.created", "order.*"]</example>
        [MinLength(1), MaxLength(50)] public required IReadOnlyList<string> Events { get; init; }

        [StringLength(500)] public string? Description { get; init; }

        /// <summary>How much of each event is sent; <c>full</c> if nothing is said.</summary>
        public PayloadKind Payload { get; init; } = PayloadKind.Full;

        /// <summary><c>endpoint</c> if nothing is said.</summary>
        public WebhookUse Kind { get; init; } = WebhookUse.Endpoint;
    }

    /// <summary>A webhook with its secret, which only this answer holds.</summary>
    public sealed record Response : WebhookEntry, IHoldsSecret
    {
        public Response() { }

        [SetsRequiredMembers]
        internal Response(WebhookEntry webhook) : base(webhook) { }

        /// <summary>What deliveries are signed with (Standard Webhooks 1.0). Null in the replay of a repeated request: it is kept sealed and not shown again.</summary>
        /// <example>whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=</example>
        public string? Secret { get; init; }

        /// <summary>False where the secret is left out because it was shown before.</summary>
        public bool IsSecretShown => Secret is not null;

        public object WithoutSecret() => this with { Secret = null };
    }

    internal static async Task<Created<Response>> Handle(
        Request request, WebTarget targets, SecretBox secrets, CurrentTenant tenant, TenantDb db, WebhookOutbox outbox, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var url = WebhookRules.UrlOf(request.Url, targets);
        var filters = WebhookRules.FiltersOf(request.Events);
        var most = request.Kind == WebhookUse.Endpoint ? MostEndpoints : MostSubscriptions;
        if (await db.FindAsync<int>(CountAll, new { request.Kind }, ct) >= most)
            throw ApiProblem.Conflict("too_many_webhooks", $"There are at most {most} webhooks of this kind. Delete one first.");

        var (now, secret) = (clock.GetUtcNow(), WebhookSecret.Make());
        var webhook = new WebhookEntry
        {
            Id = Id<Webhook>.New(),
            Kind = request.Kind,
            Url = UrlMask.Of(url),
            Description = request.Description,
            Filters = filters,
            Payload = request.Payload,
            Status = WebhookStatus.Enabled,
            Revision = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
        await db.ExecuteAsync(Insert, new
        {
            webhook.Id, webhook.Kind, webhook.Url, webhook.Description, webhook.Filters, webhook.Payload, Now = now,
            UrlSealed = secrets.Seal(request.Url, WebhookSecret.PlaceOf(tenant.Id, webhook.Id.Value, "url")),
            SecretSealed = secrets.Seal(secret, WebhookSecret.PlaceOf(tenant.Id, webhook.Id.Value, "secret")),
        }, ct);
        await outbox.OpenAsync(webhook.Id, ct);
        events.Record("webhook.created", webhook);
        return TypedResults.Created($"/v1/webhooks/{webhook.Id}", new Response(webhook) { Secret = secret });
    }

    private static readonly TenantSql CountAll = TenantSql.CountHeld("Webhooks", "Kind = @Kind AND DeletedAt IS NULL");

    // What happens from now on is for it; what is in the feed already is not.
    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Webhooks (TenantId, Id, Kind, UrlSealed, Url, Description, Filters, Payload, Status, SecretSealed, AfterSeq, Revision, CreatedAt, UpdatedAt)
        SELECT h.TenantId, @Id, @Kind, @UrlSealed, CAST(@Url AS NVARCHAR(2048)), CAST(@Description AS NVARCHAR(500)), CAST(@Filters AS NVARCHAR(4000)), @Payload, 1, @SecretSealed, h.LastSeq, 1, @Now, @Now
        FROM EventHeads h
        WHERE h.TenantId = @TenantId
        """);
}
