using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Resolution;
using CustomerCrm.Orders.Refunds;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tenant;

namespace CustomerCrm.Orders;

/// <summary>Takes in orders as shops tell them: new, again, or too late. Everything that can be refused is refused before anything is written.</summary>
internal sealed class OrderIntake(
    OrderReader reader, OrderBook book, RefundLedger refunds, CustomerFinder customers, CustomFieldReader fields, EditConflicts conflicts, CurrentSettings settings,
    HeldCurrency held, TimeProvider clock)
{
    private const int Attempts = 3;

    /// <exception cref="ApiProblem">409: the order is here already.</exception>
    public async Task<Order> PlaceAsync(OrderDetails details, ExternalOrder? external, CancellationToken ct)
    {
        if (external is not null && await reader.FindIdAsync(external, ct) is { } existing)
            throw ApiProblem.Conflict("order_exists", "The order is here already. Change it, or state it whole by its external id.", new Dictionary<string, object?> { ["order_id"] = existing });
        return await AddAsync(details, external, ct);
    }

    public async Task<UpsertedOrder> UpsertAsync(OrderDetails details, ExternalOrder external, IfMatch? ifMatch, CancellationToken ct)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (await reader.FindIdAsync(external, ct) is { } existing) return await ChangeAsync(existing, details, ifMatch, ct);
            ifMatch?.Check(revision: 0); // nothing is there: only a caller without expectations goes on
            try
            {
                return new UpsertedOrder(await AddAsync(details, external, ct)) { Outcome = UpsertOutcome.Created };
            }
            catch (DuplicateKeyException)
            {
                // Somebody was faster: then it is a change.
            }
        }
        throw ApiProblem.Conflict("changed_meanwhile", "Somebody else is writing the same order. Nothing was changed; try again.");
    }

    private async Task<Order> AddAsync(OrderDetails details, ExternalOrder? external, CancellationToken ct)
    {
        if (details.CustomerId is null && details.Customer is null)
            throw ApiProblem.Invalid("/customer_id", "required", "An order is somebody's: name the customer by customer_id, or by customer.");
        var (now, currency) = (clock.GetUtcNow(), (await settings.GetAsync(ct)).Currency);
        var (order, withRefunds) = Told(Order.Blank(external, currency, now), details, RefundParts.None, new HashSet<string>(), currency, now);
        var values = await fields.ReadAsync(CustomFieldResource.Orders, details.CustomFields, CustomFieldValues.None, "", ct);
        order = order with { CustomFields = values, CustomerId = details.CustomerId ?? await customers.FindOrCreateAsync(details.Customer!, "/customer", ct) };
        await held.HoldAsync(currency, ct);
        return await book.AddAsync(order, withRefunds, ct);
    }

    private async Task<UpsertedOrder> ChangeAsync(Id<Order> orderId, OrderDetails details, IfMatch? ifMatch, CancellationToken ct)
    {
        var before = await book.LockAsync(orderId, ct);
        if (ifMatch is not null) await conflicts.CheckAsync(ifMatch, orderId, before.Revision, details, ct);
        if (details.SourceUpdatedAt < before.SourceUpdatedAt) return new UpsertedOrder(before) { Outcome = UpsertOutcome.Stale };

        var (now, currency) = (clock.GetUtcNow(), (await settings.GetAsync(ct)).Currency);
        var (taken, known) = details.Refunds is null ? (RefundParts.None, []) : await refunds.SoFarAsync(orderId, ct);
        var (after, newRefunds) = Told(before, details, taken, known, currency, now);
        var values = await fields.ReadAsync(CustomFieldResource.Orders, details.CustomFields, before.CustomFields, "", ct);
        after = after with { CustomFields = values, CustomerId = await CustomerOfAsync(details, before, ct) };
        var saved = await book.SaveAsync(before, after, newRefunds, ct);
        return new UpsertedOrder(saved) { Outcome = saved.Revision == before.Revision ? UpsertOutcome.Unchanged : UpsertOutcome.Updated };
    }

    /// <summary>Pure: the order as it is told, or what is wrong with that.</summary>
    private static (Order, IReadOnlyList<Refund>) Told(Order order, OrderDetails details, RefundParts taken, IReadOnlySet<string> known, string currency, DateTimeOffset now)
    {
        var told = details.ApplyTo(order, currency).Settled(currency);
        OrderRules.CheckCurrency(order, told);
        OrderRules.Check(told, currency, now);
        var (refunded, newRefunds) = RefundTaking.All(told, details.Refunds ?? [], taken, known, now);
        return (refunded.Settled(currency), newRefunds);
    }

    private async Task<Id<Customer>> CustomerOfAsync(OrderDetails details, Order before, CancellationToken ct)
    {
        if (details.CustomerId is { } named) return named;
        return details.Customer is null ? before.CustomerId : await customers.FindOrCreateAsync(details.Customer, "/customer", ct);
    }
}
