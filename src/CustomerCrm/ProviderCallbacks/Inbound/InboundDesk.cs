using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.ProviderCallbacks.Inbound;

/// <summary>Takes what a customer wrote, once.</summary>
internal sealed class InboundDesk(CallbackReceipts receipts, IEnumerable<IInboundRouter> routers)
{
    /// <returns>Whose it became; null: it was taken before.</returns>
    public async Task<Id<Customer>?> TakeAsync(InboundMessage message, CancellationToken ct)
    {
        if (!await receipts.IsNewAsync(ReceiptOf(message), ct)) return null;
        foreach (var router in routers.OrderBy(r => r.Order))
            if (await router.TakeAsync(message, ct) is { } customerId) return customerId;
        throw new InvalidOperationException("Interactions take everything.");
    }

    internal static string ReceiptOf(InboundMessage message) => $"inbound:{message.Channel}:{message.ExternalId}";
}
