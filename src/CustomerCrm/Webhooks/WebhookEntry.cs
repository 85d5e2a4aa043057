using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Webhooks;

namespace CustomerCrm.Webhooks;

/// <summary>An endpoint of yours that is told of events. Its secret is shown once, when it is made or rotated.</summary>
public record WebhookEntry : IVersioned
{
    public required Id<Webhook> Id { get; init; }
    public required WebhookUse Kind { get; init; }

    /// <summary>Where events are sent. What in it may let others write there is left out; the whole of it is not shown again.</summary>
    /// <example>https://example.com/hooks/crm</example>
    [StringLength(2048)] public required string Url { get; init; }

    /// <example>Tells the warehouse what was paid.</example>
    [StringLength(500)] public string? Description { get; init; }

    /// <summary>Which events it hears: <c>order.paid</c>, <c>order.*</c>, <c>*</c>.</summary>
    /// <example>["customer.created", "order.*"]</example>
    public IReadOnlyList<string> Events => Filters.Split(' ');

    public required PayloadKind Payload { get; init; }
    public required WebhookStatus Status { get; init; }

    /// <summary>Null while it is enabled.</summary>
    public DisabledReason? DisabledReason { get; init; }

    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>Until then deliveries are signed with the secret of before the rotation too.</summary>
    public DateTimeOffset? FormerSecretEndsAt { get; init; }

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The events as they are stored, separated by spaces.</summary>
    internal string Filters { get; init; } = "";

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<WebhookEntry> FindAsync(Id<Webhook> webhookId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<WebhookEntry>(ById, new { WebhookId = webhookId }, ct) ?? throw ApiProblem.NotFound("webhook");

    /// <exception cref="ApiProblem">404: there is none. 409: it is disabled.</exception>
    internal static async Task<WebhookEntry> FindEnabledAsync(Id<Webhook> webhookId, TenantDb db, CancellationToken ct) =>
        await FindAsync(webhookId, db, ct) is { Status: WebhookStatus.Enabled } webhook ? webhook : throw ApiProblem.Conflict("webhook_disabled", "The webhook is disabled. Enable it first.");

    internal static readonly TenantSql All = TenantSql.Of("""
        SELECT w.Id, w.Kind, w.Url, w.Description, w.Filters, w.Payload, w.Status, w.DisabledReason, w.DisabledAt, w.FormerSecretEndsAt, w.Revision, w.CreatedAt, w.UpdatedAt
        FROM Webhooks w
        WHERE w.TenantId = @TenantId
          AND w.DeletedAt IS NULL
        """);

    private static readonly TenantSql ById = All.Then("AND w.Id = @WebhookId");
}

/// <summary>Who made a webhook. The numbers are stored.</summary>
public enum WebhookUse
{
    /// <summary>A person or a deployment, for good: at most 20.</summary>
    Endpoint = 1,

    /// <summary>A platform like Zapier, which makes and removes one for each automation of its users: at most 500.</summary>
    Subscription = 2,
}
