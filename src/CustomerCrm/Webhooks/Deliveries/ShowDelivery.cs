using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Webhooks;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Webhooks.Deliveries;

/// <summary>GET /webhooks/{webhook_id}/deliveries/{delivery_id}: with its attempts.</summary>
public static class ShowDelivery
{
    private const int MostAttempts = 100;

    public sealed record Response : DeliveryEntry
    {
        public Response() { }

        [SetsRequiredMembers]
        internal Response(DeliveryEntry delivery, IReadOnlyList<Attempt> attempts) : base(delivery) => Attempts = attempts;

        /// <summary>The last hundred, the latest first.</summary>
        [MaxLength(MostAttempts)] public required IReadOnlyList<Attempt> Attempts { get; init; }
    }

    /// <summary>One call of the endpoint.</summary>
    public sealed record Attempt
    {
        /// <summary>1, 2, 3 …</summary>
        public required int Number { get; init; }

        public required DateTimeOffset StartedAt { get; init; }

        /// <summary>Read this first: what else is null says nothing while it is <c>unknown</c>.</summary>
        public WebhookOutcome Outcome => IsOpen ? WebhookOutcome.Unknown : Status is >= 200 and < 300 ? WebhookOutcome.Delivered : WebhookOutcome.Failed;

        /// <summary>Until the answer, or until it was given up; null while the outcome is unknown.</summary>
        public int? DurationMs { get; init; }

        /// <summary>The HTTP status of the answer; null when there was none.</summary>
        public int? Status { get; init; }

        /// <summary>Why there was no answer: <c>timeout</c>, <c>name_not_found</c>, <c>connection_failed</c>, <c>tls_failed</c>, <c>internal_address</c> …</summary>
        [StringLength(50)] public string? Error { get; init; }

        /// <summary>The first bytes of the answer, as plain text: somebody else's words.</summary>
        [StringLength(600)] public string? Answer { get; init; }

        /// <summary>The trace that the attempt told the endpoint in <c>traceparent</c>: that of the request which made the change.</summary>
        [StringLength(32)] public string? TraceId { get; init; }

        internal bool IsOpen { get; init; }
    }

    /// <summary>What came of an attempt.</summary>
    public enum WebhookOutcome
    {
        /// <summary>The endpoint answered 2xx.</summary>
        Delivered,

        /// <summary>It answered something else, or nothing.</summary>
        Failed,

        /// <summary>It is being made, or the program ended in the middle of it: perhaps it arrived. Then it is made again.</summary>
        Unknown,
    }

    internal static async Task<Response> Handle(
        [FromRoute(Name = "webhook_id")] Id<Webhook> webhookId, [FromRoute(Name = "delivery_id")] Id<Delivery> deliveryId, TenantDb db, CancellationToken ct) =>
        new(await DeliveryEntry.FindAsync(webhookId, deliveryId, db, ct), await db.QueryTopAsync<Attempt>(OfDelivery, MostAttempts, new { DeliveryId = deliveryId }, ct));

    private static readonly TenantSql OfDelivery = TenantSql.Of("""
        SELECT a.Number, a.StartedAt, CASE WHEN a.IsOpen = 1 THEN NULL ELSE a.DurationMs END AS DurationMs, a.IsOpen, a.Status, a.Error, a.Answer, a.TraceId
        FROM WebhookAttempts a
        WHERE a.TenantId = @TenantId AND a.DeliveryId = @DeliveryId
        ORDER BY a.Number DESC
        """);
}
