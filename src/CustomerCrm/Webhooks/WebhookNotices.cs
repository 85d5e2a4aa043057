using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Letters;
using CustomerCrm.Platform.Webhooks;

namespace CustomerCrm.Webhooks;

/// <summary>Tells the owners by letter, for the webhook itself is what does not work; and everybody by an event.</summary>
internal sealed class WebhookNotices(TenantDb db, WebhookOutbox outbox, LetterBox letters, EventLog events, TimeProvider clock) : IWebhookWatch
{
    private static readonly TimeSpan between = TimeSpan.FromDays(1);

    public async Task ExhaustedAsync(ExhaustedDelivery delivery, CancellationToken ct)
    {
        // That news of a failure could not be delivered is no news: two endpoints that hear everything and fail would have each other talk for ever.
        if (!delivery.EventType.StartsWith("webhook.", StringComparison.Ordinal)) events.Record("webhook.exhausted", delivery);
        var now = clock.GetUtcNow();
        if (await db.ExecuteAsync(Tell, new { delivery.WebhookId, Now = now, Before = now - between }, ct) == 0) return; // told today

        var webhook = await WebhookEntry.FindAsync(delivery.WebhookId, db, ct);
        await TellAsync("A webhook does not take what it is sent", $"""
            {webhook.Url} ({webhook.Id}) did not take an event ({delivery.EventType}, {delivery.EventId}) at any of {delivery.Attempts} attempts; the last one ended with {delivery.LastStatus?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? delivery.LastError}.

            The event is not lost. Mend the endpoint, then send what it missed again: POST /v1/webhooks/{webhook.Id}/replays with statuses ["exhausted"].
            This letter comes at most once a day for each webhook.
            """, ct);
    }

    public async Task DisabledAsync(Id<Webhook> webhookId, DisabledReason reason, CancellationToken ct)
    {
        if (await db.ExecuteAsync(Disable, new { WebhookId = webhookId, Reason = reason, Now = clock.GetUtcNow() }, ct) == 0) return;

        await outbox.HoldAsync(webhookId, ct);
        var webhook = await WebhookEntry.FindAsync(webhookId, db, ct);
        events.Record("webhook.disabled", webhook);
        if (webhook.Kind == WebhookUse.Subscription && reason == DisabledReason.Gone) return; // how such platforms say that an automation was turned off

        await TellAsync("A webhook was disabled", $"""
            {webhook.Url} ({webhook.Id}) {(reason == DisabledReason.Gone ? "answered 410: it is gone." : "answered none of its attempts for five days.")} Nothing is sent to it any more.

            Once it works, enable it: PATCH /v1/webhooks/{webhook.Id} with status "enabled". Then send what it missed: POST /v1/webhooks/{webhook.Id}/replays with statuses ["held", "exhausted"], or with the time from when on.
            """, ct);
    }

    private async Task TellAsync(string subject, string text, CancellationToken ct)
    {
        foreach (var email in await db.QueryAsync<string>(Owners, null, ct)) await letters.PostAsync(new Letter { To = email, Subject = subject, Text = text }, ct);
    }

    private static readonly TenantSql Tell = TenantSql.Of("""
        UPDATE Webhooks
        SET ToldAt = @Now
        WHERE TenantId = @TenantId AND Id = @WebhookId AND (ToldAt IS NULL OR ToldAt <= @Before)
        """);

    private static readonly TenantSql Disable = TenantSql.Of("""
        UPDATE Webhooks
        SET Status = 2, DisabledReason = @Reason, DisabledAt = @Now, Revision = Revision + 1, UpdatedAt = @Now
        WHERE TenantId = @TenantId AND Id = @WebhookId AND Status = 1
        """);

    private static readonly TenantSql Owners = TenantSql.Of("""
        SELECT u.Email
        FROM Users u
        WHERE u.TenantId = @TenantId AND u.Role = 1
        """);
}
