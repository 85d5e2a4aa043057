using CustomerCrm.Customers;
using CustomerCrm.Customers.Resolution;
using CustomerCrm.Imports.Running;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Imports.Targets;

/// <summary>Customers whom rows of orders and interactions made along the way. As a change of a row, one is of the field <c>customer</c>.</summary>
internal sealed class MadeCustomers(CustomerFinder finder, CustomerLoad load, Caller caller)
{
    private const string Field = "customer";

    public static bool IsOne(FieldChange change) => change.Field == Field;

    /// <summary>Whose a row is that is written now.</summary>
    /// <returns>Who; null where the row says nobody. And what undo needs to know, if the row makes somebody.</returns>
    public async Task<(Id<Customer>? CustomerId, IEnumerable<FieldChange> Made)> FindOrMakeAsync(Id<Customer>? customerId, CustomerDetails? details, CancellationToken ct)
    {
        if (customerId is not null || details is null) return (customerId, []);
        var (found, isNew) = await finder.FindOrMakeAsync(details, "/customer", ct);
        return (found, isNew ? [new FieldChange { Field = Field, To = found.ToString() }] : []);
    }

    /// <summary>Takes back those whom nobody touched since and nothing hangs on any more, behind what their rows wrote.</summary>
    public async Task<(int Removed, int Kept)> TakeBackAsync(IEnumerable<WrittenRow> rows, CancellationToken ct)
    {
        Id<Customer>[] made = [.. rows.SelectMany(row => row.Changes).Where(IsOne).Select(change => Id<Customer>.Parse(change.To!, null))];
        if (made.Length == 0) return (0, 0);
        var kept = await load.TakeBackAsync(made, caller.Actor, withTags: false, ct);
        return (made.Length - kept.Count, kept.Count);
    }
}
