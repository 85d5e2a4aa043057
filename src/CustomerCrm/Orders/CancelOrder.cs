using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Http;
using CustomerCrm.Tenant;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Orders;

/// <summary>POST and DELETE /orders/{order_id}/cancellation: the order is no purchase any more, or is one again. A second time changes nothing.</summary>
public static class CancelOrder
{
    public sealed record Request
    {
        /// <summary>Now, if nothing is said.</summary>
        public DateTimeOffset? CancelledAt { get; init; }

        [StringLength(200, MinimumLength = 1)] public string? Reason { get; init; }
    }

    internal static async Task<Order> Handle(
        [FromRoute(Name = "order_id")] Id<Order> orderId, Request? request, IfMatch ifMatch, EditConflicts conflicts, OrderBook book, CurrentSettings settings, TimeProvider clock, CancellationToken ct)
    {
        var before = await book.LockAsync(orderId, ct);
        await conflicts.CheckAsync(ifMatch, orderId, before.Revision, change: null, ct);
        if (before.CancelledAt is not null) return before;

        var (now, currency) = (clock.GetUtcNow(), (await settings.GetAsync(ct)).Currency);
        var after = (before with { CancelledAt = request?.CancelledAt ?? now, CancellationReason = request?.Reason }).Settled(currency);
        OrderRules.Check(after, currency, now);
        return await book.SaveAsync(before, after, [], ct);
    }

    internal static async Task<Order> TakeBack(
        [FromRoute(Name = "order_id")] Id<Order> orderId, IfMatch ifMatch, EditConflicts conflicts, OrderBook book, CurrentSettings settings, CancellationToken ct)
    {
        var before = await book.LockAsync(orderId, ct);
        await conflicts.CheckAsync(ifMatch, orderId, before.Revision, change: null, ct);
        var after = (before with { CancelledAt = null, CancellationReason = null }).Settled((await settings.GetAsync(ct)).Currency);
        return await book.SaveAsync(before, after, [], ct);
    }
}
