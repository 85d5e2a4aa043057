using CustomerCrm.Orders.Spending;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tenant;

namespace CustomerCrm.Orders.Refunds;

/// <summary>Takes in a refund of an order that is held by the transaction.</summary>
internal sealed class RefundIntake(OrderBook book, RefundLedger ledger, CurrentSettings settings, TimeProvider clock)
{
    /// <exception cref="ApiProblem">409: nothing was paid, or the refund is known. 422: more than is left. Then nothing was written.</exception>
    public async Task<Refund> AddAsync(Order before, RefundDetails details, CancellationToken ct)
    {
        if (OrderSpend.CameToNothing(before.PaymentStatus))
            throw ApiProblem.Conflict("nothing_paid", "The order's payment failed or was voided: there is nothing to pay back.");

        var (taken, known) = await ledger.SoFarAsync(before.Id, ct);
        if (details.ExternalId is { } id && known.Contains(id)) throw ApiProblem.Conflict("refund_exists", "A refund of this order has this external id already.");
        var (refunded, refund, _) = RefundTaking.One(before, details, taken, "", clock.GetUtcNow());
        await book.SaveAsync(before, refunded.Settled((await settings.GetAsync(ct)).Currency), [refund], ct);
        return refund;
    }
}
