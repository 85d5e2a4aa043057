using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Webhooks;

namespace CustomerCrm.Webhooks.Delivering;

/// <summary>Whether an event is for a webhook. Pure.</summary>
internal static class WebhookHearing
{
    /// <summary>A rule's call. It may name the one webhook that it is for, which then hears it whatever else it hears.</summary>
    public const string Call = "automation.webhook_called";

    /// <param name="webhookId">Of the webhook.</param>
    /// <param name="filters">What it hears.</param>
    /// <param name="type">Of the event.</param>
    /// <param name="data">Of the event: of calls, and of what happens to webhooks, it says for whom they are.</param>
    public static bool Hears(Id<Webhook> webhookId, IReadOnlyList<string> filters, string type, string? data)
    {
        if (type == Call && NamedIn(data) is { } named) return named == webhookId;
        // That it could not be reached is not sent to where it could not be reached.
        return EventFilters.Hear(filters, type) && !(IsOfWebhooks(type) && data?.Contains(webhookId.ToString(), StringComparison.Ordinal) == true);
    }

    private static bool IsOfWebhooks(string type) => type.StartsWith("webhook.", StringComparison.Ordinal);

    private static Id<Webhook>? NamedIn(string? data)
    {
        if (data is null) return null;
        using var called = JsonDocument.Parse(data);
        return called.RootElement.TryGetProperty("webhook_id", out var named) && named.ValueKind == JsonValueKind.String && Id<Webhook>.TryRead(named.GetString(), out var id) ? id : null;
    }
}
