using CustomerCrm.Imports.Running;
using CustomerCrm.Orders;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Records;
using CustomerCrm.Tags;

namespace CustomerCrm.Imports.Targets;

/// <summary>Takes back what an import did to orders, where nobody touched them since.</summary>
internal sealed class OrderRestoring(OrderReader reader, OrderBook book, TagChanges tags, RecordTouches touches, Caller caller)
{
    /// <returns>Whether it was taken back.</returns>
    public async Task<bool> TakeBackAsync(WrittenRow row, CancellationToken ct)
    {
        var id = Id<Order>.FromBytes(row.ResourceId);
        if (await reader.FindCustomerAsync(id, ct) is null) return row.Outcome == ImportOutcome.Create; // deleted meanwhile
        var current = await book.LockAsync(id, ct);
        // What the import itself did to it later in the file, and has taken back, is no touch.
        var isLastOurs = await touches.IsLastOfAsync(id, caller.Actor, ct);
        if (row.Outcome == ImportOutcome.Create)
        {
            if (current.Revision > 1 && !isLastOurs) return false;
            string[] ours = await tags.AreAllOfAsync(OrderTags.Owner, id.Value, row.Changes, ct) ? ["OrderTags"] : [];
            if (current.RefundedMinor > 0 || await touches.AmongAsync(OrderRecord.Kind, [row.ResourceId], caller.Actor, ours, ct) is { Count: > 0 }) return false;
            await book.RemoveAsync(current, ct);
            return true;
        }
        FieldChange[] members = [.. row.Changes.Where(change => !TagChanges.IsOne(change) && !MadeCustomers.IsOne(change))];
        var before = MemberChanges.Before(current, members);
        // It was changed since if what the row wrote is no longer there; or refunded, which is never taken back.
        var isUntouched = (isLastOurs || current.UpdatedAt == row.WrittenAt) && MemberChanges.Between(before, current).SequenceEqual(members) && before.RefundedMinor == current.RefundedMinor;
        if (!isUntouched) return false;
        await book.SaveAsync(current, before, [], ct);
        await tags.TakeOffAsync(OrderTags.Owner, id.Value, row.Changes, ct);
        return true;
    }
}
