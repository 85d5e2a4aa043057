using CustomerCrm.Consents;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Messages;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.ProviderCallbacks.Reports;

/// <summary>Tells the message what its provider says of it; and the consents, where the customer said no to the provider.</summary>
internal sealed class MessageNews(MessageReports reports, ConsentWriter consents, TenantDb db, TimeProvider clock)
{
    public async Task TellAsync(ProviderReport report, CancellationToken ct)
    {
        if (KindOf(report.Kind) is { } kind) await reports.ReportAsync(Of(report, kind), ct);
        else if (await CustomerOfAsync(report, ct) is { } customerId) await WithdrawAsync(report, customerId, ct);
    }

    private MessageReport Of(ProviderReport report, MessageReportKind kind) => new()
    {
        MessageId = Id<Message>.TryRead(report.DedupeId, out var messageId) ? messageId : null,
        Provider = report.Provider,
        ProviderMessageId = report.ProviderMessageId,
        Kind = kind,
        IsPermanent = report.IsPermanent,
        OccurredAt = report.OccurredAt > clock.GetUtcNow() ? clock.GetUtcNow() : report.OccurredAt,
        Code = report.Code,
    };

    // By the message, if it is one of ours: an address may be several customers', and the message was one's.
    private async Task<Id<Customer>?> CustomerOfAsync(ProviderReport report, CancellationToken ct) =>
        Id<Message>.TryRead(report.DedupeId, out var messageId) ? await db.FindAsync<Id<Customer>?>(CustomerOf, new { MessageId = messageId }, ct) : null;

    private async Task WithdrawAsync(ProviderReport report, Id<Customer> customerId, CancellationToken ct) => await consents.RecordAsync(new ConsentChange
    {
        CustomerId = customerId,
        Purpose = MessagePurpose.Marketing,
        Channel = report.Channel,
        State = ConsentState.Withdrawn,
        Source = report.Provider,
        ExternalId = report.ReceiptKey,
        Reason = "Unsubscribed at the provider.",
    }, ct);

    private static MessageReportKind? KindOf(ReportKind kind) => kind switch
    {
        ReportKind.Delivered => MessageReportKind.Delivered,
        ReportKind.Bounced => MessageReportKind.Bounced,
        ReportKind.Complained => MessageReportKind.Complained,
        ReportKind.Opened => MessageReportKind.Opened,
        ReportKind.Clicked => MessageReportKind.Clicked,
        ReportKind.Failed => MessageReportKind.Failed,
        ReportKind.Sent => MessageReportKind.Sent,
        _ => null,
    };

    private static readonly TenantSql CustomerOf = TenantSql.Of("""
        SELECT m.CustomerId
        FROM Messages m
        WHERE m.TenantId = @TenantId
          AND m.Id = @MessageId
          AND m.CustomerId IS NOT NULL
        """);
}
