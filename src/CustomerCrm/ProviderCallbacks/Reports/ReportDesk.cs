using CustomerCrm.Suppressions;

namespace CustomerCrm.ProviderCallbacks.Reports;

/// <summary>Takes a report once: an address that does not work, or whose owner complained, is suppressed in the same transaction; then the message hears of it.</summary>
internal sealed class ReportDesk(CallbackReceipts receipts, SuppressionWriter suppressions, MessageNews news)
{
    public async Task TakeAsync(ProviderReport report, CancellationToken ct)
    {
        if (!await receipts.IsNewAsync(report.ReceiptKey, ct)) return;
        if (ReasonOf(report) is { } reason && report.Address is { } address) await suppressions.AddAsync(report.Channel, address, reason, report.Provider, ct);
        await news.TellAsync(report, ct);
    }

    private static SuppressionReason? ReasonOf(ProviderReport report) => report switch
    {
        { Kind: ReportKind.Complained } => SuppressionReason.Complaint,
        { Kind: ReportKind.Bounced, IsPermanent: true } => SuppressionReason.HardBounce,
        _ => null,
    };
}
