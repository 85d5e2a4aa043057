using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Resolution;
using CustomerCrm.Orders.Refunds;
using CustomerCrm.Orders.Spending;
using CustomerCrm.Orders.Ties;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tenant;

namespace CustomerCrm.Orders.External;

/// <summary>Takes in orders as shops tell them: new, again, or too late. Everything that can be refused is refused before anything is written.</summary>
internal sealed class OrderIntake(
    OrderReader reader, OrderBook book, ProductTies ties, RefundLedger refunds, CustomerFinder customers, CustomFieldReader fields, EditConflicts conflicts, CurrentSettings settings,
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
            ifMatch?.CheckAbsent();
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

    /// <summary>What stating an order without refunds would make of it, whoever's it is: what is not right is refused as when it is written, and nothing is written.</summary>
    /// <param name="details">As it is told.</param>
    /// <param name="external">What it is called where it comes from.</param>
    /// <param name="before">As it is; null for a new one.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ApiProblem">422.</exception>
    public async Task<Order> ForeseeAsync(OrderDetails details, ExternalOrder external, Order? before, CancellationToken ct)
    {
        if (before is null) CheckIsSomebodys(details);
        var (now, currency) = (clock.GetUtcNow(), (await settings.GetAsync(ct)).Currency);
        var (after, _) = await ToldAsync(before ?? Order.Blank(external, currency, now), details, RefundParts.None, [], currency, now, ct);
        return await ties.TieAsync(after, ct);
    }

    private static void CheckIsSomebodys(OrderDetails details)
    {
        if (details.CustomerId is null && details.Customer is null)
            throw ApiProblem.Invalid("/customer_id", "required", "An order is somebody's: name the customer by customer_id, or by customer.");
    }

    private async Task<Order> AddAsync(OrderDetails details, ExternalOrder? external, CancellationToken ct)
    {
        CheckIsSomebodys(details);
        var (now, currency) = (clock.GetUtcNow(), (await settings.GetAsync(ct)).Currency);
        var (order, withRefunds) = await ToldAsync(Order.Blank(external, currency, now), details, RefundParts.None, [], currency, now, ct);
        order = order with { CustomerId = details.CustomerId ?? await customers.FindOrCreateAsync(details.Customer!, "/customer", ct) };
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
        var (after, newRefunds) = await ToldAsync(before, details, taken, known, currency, now, ct);
        after = after with { CustomerId = await CustomerOfAsync(details, before, ct) };
        var saved = await book.SaveAsync(before, after, newRefunds, ct);
        return new UpsertedOrder(saved) { Outcome = saved.Revision == before.Revision ? UpsertOutcome.Unchanged : UpsertOutcome.Updated };
    }

    /// <summary>The order as it is told, or what is wrong with that.</summary>
    private async Task<(Order, IReadOnlyList<Refund>)> ToldAsync(Order order, OrderDetails details, RefundParts taken, HashSet<string> known, string currency, DateTimeOffset now, CancellationToken ct)
    {
        var told = details.ApplyTo(order, currency).Settled(currency);
        OrderRules.CheckCurrency(order, told);
        OrderRules.Check(told, currency, now);
        var (refunded, newRefunds) = RefundTaking.All(told, details.Refunds ?? [], taken, known, now);
        return (refunded.Settled(currency) with { CustomFields = await fields.ReadAsync(CustomFieldResource.Orders, details.CustomFields, order.CustomFields, "", ct) }, newRefunds);
    }

    private async Task<Id<Customer>> CustomerOfAsync(OrderDetails details, Order before, CancellationToken ct)
    {
        if (details.CustomerId is { } named) return named;
        return details.Customer is null ? before.CustomerId : await customers.FindOrCreateAsync(details.Customer, "/customer", ct);
    }
}
