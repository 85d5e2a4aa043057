using System.Globalization;
using CustomerCrm.Orders.Spending;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Orders;

/// <summary>What an order's parts must be to each other, whichever way it was written.</summary>
internal static class OrderRules
{
    private static readonly TimeSpan clockSkew = TimeSpan.FromDays(1);

    /// <exception cref="ApiProblem">422, naming every field that is wrong.</exception>
    public static void Check(Order order, string tenantCurrency, DateTimeOffset now)
    {
        FieldError[] errors = [.. ErrorsOf(order, tenantCurrency, now)];
        if (errors.Length > 0) throw ApiProblem.Invalid(errors);
    }

    /// <summary>A refund never changes, so what was paid back stays in the currency it was paid in.</summary>
    /// <exception cref="ApiProblem">409: the order would be in another currency than its refunds.</exception>
    public static void CheckCurrency(Order before, Order after)
    {
        if (before.RefundedMinor > 0 && before.Currency != after.Currency)
            throw ApiProblem.Conflict("order_has_refunds", $"Money was paid back for this order in {before.Currency}: its currency cannot change any more.");
    }

    private static IEnumerable<FieldError> ErrorsOf(Order order, string tenantCurrency, DateTimeOffset now)
    {
        if (order.PlacedAt > now + clockSkew) yield return new("/placed_at", "in_the_future", "An order cannot be placed more than a day from now.");
        if (order.CancelledAt > now + clockSkew) yield return new("/cancelled_at", "in_the_future", "An order cannot be cancelled more than a day from now.");
        if (order.SourceUpdatedAt > now + clockSkew) yield return new("/source_updated_at", "in_the_future", "An order cannot have been changed more than a day from now: every later change would come too late.");

        if (order.Currency == tenantCurrency && order.RateE12 is not (null or ExchangeRate.One))
            yield return new("/rate", "rate_unexpected", "The order is in the tenant's own currency: leave the rate out.");

        var overdrawn = order.Lines.Index().Where(l => l.Item.DiscountMinor > l.Item.GrossMinor).ToArray();
        foreach (var (i, _) in overdrawn)
            yield return new(string.Create(CultureInfo.InvariantCulture, $"/lines/{i}/discount_minor"), "too_large", "A discount cannot be more than the line it is of.");
        if (order.LinesMinor > AmountAttribute.Most)
            yield return new("/lines", "too_large", $"The lines come to more than {AmountAttribute.Most}.");
        if (overdrawn.Length > 0 || order.LinesMinor > AmountAttribute.Most) yield break; // nothing below can be told of such an order

        if (order.DiscountMinor > order.LinesMinor) yield return new("/discount_minor", "too_large", "A discount cannot be more than the lines come to.");
        else if (order.GoodsMinor < 0) yield return new("/tax_minor", "too_large", "The tax inside the prices cannot be more than the prices.");
        else if (order.SpendTenantMinor > AmountAttribute.Most) yield return new("/rate", "too_large", $"In the tenant's currency the order comes to more than {AmountAttribute.Most}.");
    }
}
