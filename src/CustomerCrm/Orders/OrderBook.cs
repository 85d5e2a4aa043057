using CustomerCrm.Companies.Figures;
using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Customers;
using CustomerCrm.Orders.External;
using CustomerCrm.Orders.Lines;
using CustomerCrm.Orders.Refunds;
using CustomerCrm.Orders.Spending;
using CustomerCrm.Orders.Ties;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Records;
using CustomerCrm.Products.Sales;

namespace CustomerCrm.Orders;

/// <summary>Writes orders together with all that follows from them: lines, refunds, the customer's figures, events.</summary>
internal sealed class OrderBook(
    TenantDb db, OrderReader reader, OrderLines lines, ProductTies ties, CustomFieldWriter fields, RefundLedger refunds, CustomerFigures figures,
    CompanyFigures companies, ProductSales sales, CustomerSeen seen, JobQueue jobs, FieldHistory history, RecordBin bin, EventLog events, TimeProvider clock)
{
    /// <summary>The order, with every other writer of its customer's orders kept waiting.</summary>
    /// <exception cref="ApiProblem">404: there is none.</exception>
    public async Task<Order> LockAsync(Id<Order> orderId, CancellationToken ct)
    {
        var seenOf = await reader.FindCustomerAsync(orderId, ct) ?? throw ApiProblem.NotFound("order");
        await figures.LockAsync(seenOf, ct);
        var order = await reader.FindAsync(orderId, ct);
        return order.CustomerId == seenOf ? order : throw ApiProblem.Conflict("changed_meanwhile", "Somebody else is moving the same order. Nothing was changed; try again.");
    }

    /// <returns>The order, its lines tied to the products of the catalogue.</returns>
    /// <exception cref="ApiProblem">404: there is no such customer.</exception>
    /// <exception cref="DuplicateKeyException">The order is here already.</exception>
    public async Task<Order> AddAsync(Order order, IReadOnlyList<Refund> withRefunds, CancellationToken ct)
    {
        await figures.LockAsync(order.CustomerId, ct);
        order = await ties.TieAsync(order, ct);
        await db.ExecuteAsync(Insert, RowOf(order), ct);
        await lines.AddAsync(order, ct);
        await fields.WriteAsync(CustomFieldResource.Orders, order.Id.Value, CustomFieldValues.None, order.CustomFields, ct);
        await refunds.AddAsync(withRefunds, order.CustomerId, ct);
        await CountAsync(order.CustomerId, ct);
        await sales.CountAsync(order.CustomerId, ProductTies.In(order), ct);
        await seen.AtAsync(order.CustomerId, order.PlacedAt, ct);
        foreach (var type in OrderEvents.Between(null, order)) events.Record(type, order, order.CustomerId.Value);
        return order;
    }

    /// <returns>The order as it is now; the same as before, in the same revision, where nothing is different.</returns>
    /// <exception cref="ApiProblem">404: the customer it is to belong to does not exist.</exception>
    public async Task<Order> SaveAsync(Order before, Order after, IReadOnlyList<Refund> newRefunds, CancellationToken ct)
    {
        if (!ReferenceEquals(before.Lines, after.Lines)) after = await ties.TieAsync(after, ct);
        if (Order.SaySame(before, after) && before.SourceUpdatedAt == after.SourceUpdatedAt && newRefunds.Count == 0) return before;
        after = after with { Revision = before.Revision + 1, UpdatedAt = clock.GetUtcNow() };
        var isMoved = before.CustomerId != after.CustomerId;

        if (isMoved) await figures.LockAsync(after.CustomerId, ct);
        await db.ExecuteAsync(Update, RowOf(after), ct);
        if (!before.Lines.SequenceEqual(after.Lines)) await lines.ReplaceAsync(after, ct);
        await fields.WriteAsync(CustomFieldResource.Orders, after.Id.Value, before.CustomFields, after.CustomFields, ct);
        if (isMoved) await refunds.MoveAsync(after, ct);
        await refunds.AddAsync(newRefunds, after.CustomerId, ct);
        await CountAgainAsync(before, after, ct);
        await sales.CountAsync(after.CustomerId, ProductTies.In(before, after), ct);
        if (isMoved) await sales.CountAsync(before.CustomerId, ProductTies.In(before), ct);

        await history.RecordAsync(after.Id, after.CustomerId.Value, after.Revision, before, after, ct);
        if (isMoved) await history.RecordAsync(after.Id, before.CustomerId.Value, after.Revision, before, before with { CustomerId = after.CustomerId }, ct);
        foreach (var type in OrderEvents.Between(before, after)) events.Record(type, after, after.CustomerId.Value);
        // The customer who lost it hears of it too: what is known of that customer has changed.
        if (isMoved) events.Record("order.moved", after, before.CustomerId.Value);
        if (isMoved) await jobs.EnqueueAsync(new FollowOrder(after.Id), ct);
        return after;
    }

    public async Task RemoveAsync(Order order, CancellationToken ct)
    {
        await bin.PutAsync(OrderRecord.Kind, order.Id, order.Revision, order.CustomerId.Value, order.OrderNumber ?? order.ExternalId, ct);
        await CountAsync(order.CustomerId, ct);
        await sales.CountAsync(order.CustomerId, ProductTies.In(order), ct);
        await seen.RecountAsync(order.CustomerId, ct);
        events.Record("order.removed", order, order.CustomerId.Value);
    }

    private async Task CountAgainAsync(Order before, Order after, CancellationToken ct)
    {
        var isSameInFigures = (before.CustomerId, before.IsCounted, before.SpendTenantMinor, before.PlacedAt) == (after.CustomerId, after.IsCounted, after.SpendTenantMinor, after.PlacedAt);
        if (isSameInFigures) return;
        await CountAsync(after.CustomerId, ct);
        if ((before.CustomerId, before.PlacedAt) == (after.CustomerId, after.PlacedAt)) return;
        await seen.RecountAsync(after.CustomerId, ct);
        if (before.CustomerId == after.CustomerId) return;
        await CountAsync(before.CustomerId, ct);
        await seen.RecountAsync(before.CustomerId, ct);
    }

    private async Task CountAsync(Id<Customer> customerId, CancellationToken ct)
    {
        await figures.CountAsync(customerId, ct);
        await companies.OrderedAsync(customerId, ct);
    }

    private static object RowOf(Order order) => new
    {
        order.Id,
        order.CustomerId,
        order.Source,
        order.ExternalId,
        ExternalKey = order.ExternalId is { } id ? new ExternalOrder(order.Source!, id).Key : null,
        order.OrderNumber,
        order.PlacedAt,
        order.Currency,
        order.LinesMinor,
        order.DiscountMinor,
        order.TaxMinor,
        order.IsTaxIncluded,
        order.ShippingMinor,
        order.RefundedMinor,
        order.RefundedGoodsMinor,
        order.SpendMinor,
        order.RateE12,
        order.SpendTenantMinor,
        order.SpendKey,
        order.PaymentStatus,
        order.FulfillmentStatus,
        order.CancelledAt,
        order.CancellationReason,
        order.IsCounted,
        order.SourceUpdatedAt,
        order.Revision,
        order.CreatedAt,
        order.UpdatedAt,
    };

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Orders (TenantId, Id, CustomerId, Source, ExternalId, ExternalKey, OrderNumber, PlacedAt, Currency, LinesMinor,
            DiscountMinor, TaxMinor, IsTaxIncluded, ShippingMinor, RefundedMinor, RefundedGoodsMinor, SpendMinor, RateE12,
            SpendTenantMinor, SpendKey, PaymentStatus, FulfillmentStatus, CancelledAt, CancellationReason, IsCounted,
            SourceUpdatedAt, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @CustomerId, @Source, @ExternalId, @ExternalKey, @OrderNumber, @PlacedAt, @Currency, @LinesMinor,
            @DiscountMinor, @TaxMinor, @IsTaxIncluded, @ShippingMinor, @RefundedMinor, @RefundedGoodsMinor, @SpendMinor, @RateE12,
            @SpendTenantMinor, @SpendKey, @PaymentStatus, @FulfillmentStatus, @CancelledAt, @CancellationReason, @IsCounted,
            @SourceUpdatedAt, @Revision, @CreatedAt, @UpdatedAt)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE Orders
        SET CustomerId = @CustomerId, OrderNumber = @OrderNumber, PlacedAt = @PlacedAt, Currency = @Currency, LinesMinor = @LinesMinor,
            DiscountMinor = @DiscountMinor, TaxMinor = @TaxMinor, IsTaxIncluded = @IsTaxIncluded, ShippingMinor = @ShippingMinor,
            RefundedMinor = @RefundedMinor, RefundedGoodsMinor = @RefundedGoodsMinor, SpendMinor = @SpendMinor, RateE12 = @RateE12,
            SpendTenantMinor = @SpendTenantMinor, SpendKey = @SpendKey, PaymentStatus = @PaymentStatus,
            FulfillmentStatus = @FulfillmentStatus, CancelledAt = @CancelledAt, CancellationReason = @CancellationReason,
            IsCounted = @IsCounted, SourceUpdatedAt = @SourceUpdatedAt, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId AND Id = @Id
        """);
}
