using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Identities;
using CustomerCrm.Imports.Running;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Records;
using CustomerCrm.Tags;

namespace CustomerCrm.Imports.Targets;

/// <summary>
/// Takes back what an import did to customers, where nobody touched them since. What the import itself did to them later in the file is no
/// touch, and neither is that it was taken back: the history says whose each change was.
/// </summary>
internal sealed class CustomerRestoring(TenantDb db, CustomerLoad load, CustomerWriter writer, IdentityWriter identityWriter, TagChanges tags, RecordTouches touches, Caller caller)
{
    public async Task<IReadOnlyList<bool>> TakeBackAsync(IReadOnlyList<WrittenRow> rows, CancellationToken ct)
    {
        var done = new bool[rows.Count];
        // The rows that made them come before all others about them, so they are the last to be taken back.
        foreach (var (i, row) in rows.Index().Where(r => r.Item.Outcome != ImportOutcome.Create)) done[i] = await RestoreAsync(row, ct);
        var kept = await RemoveAsync([.. rows.Where(row => row.Outcome == ImportOutcome.Create)], ct);
        foreach (var (i, row) in rows.Index().Where(r => r.Item.Outcome == ImportOutcome.Create)) done[i] = !kept.Contains(IdOf(row));
        return done;
    }

    /// <returns>Those who stay.</returns>
    private async Task<HashSet<Id<Customer>>> RemoveAsync(IReadOnlyList<WrittenRow> created, CancellationToken ct)
    {
        var tagged = new HashSet<Id<Customer>>();
        foreach (var row in created)
            if (await tags.AreAllOfAsync(CustomerTags.Owner, IdOf(row).Value, row.Changes, ct)) tagged.Add(IdOf(row));
        var kept = await load.TakeBackAsync(tagged, caller.Actor, withTags: true, ct);
        return [.. kept, .. await load.TakeBackAsync([.. created.Select(IdOf).Except(tagged)], caller.Actor, withTags: false, ct)];
    }

    private async Task<bool> RestoreAsync(WrittenRow row, CancellationToken ct)
    {
        if ((await ShowCustomer.FindManyAsync([IdOf(row)], db, ct)).SingleOrDefault() is not { } current || !IsAsWritten(current, row)) return false;
        if (current.UpdatedAt != row.WrittenAt && !await touches.IsLastOfCustomerAsync(current.Id.Value, caller.Actor, ct)) return false;

        var identities = await db.QueryAsync<Identity>(IdentityWriter.OfCustomer, new { CustomerId = current.Id }, ct);
        var added = identities.Where(i => row.Changes.Any(change => change.From is null && change.Field == CustomerColumns.NameOf(i.Kind, i.Source) && change.To == i.Value));
        // The primary one last: whoever succeeds it is changed by that, and stays.
        foreach (var identity in added.OrderBy(i => i.IsPrimary)) await identityWriter.RemoveAsync(identity, ct);
        await tags.TakeOffAsync(CustomerTags.Owner, current.Id.Value, row.Changes, ct);
        // Read again: the identities have changed its revision.
        await writer.ChangeAsync(await ShowCustomer.FindAsync(current.Id, db, ct), ProfileBefore(current, row.Changes), ct);
        return true;
    }

    /// <summary>Pure.</summary>
    internal static bool IsAsWritten(Customer current, WrittenRow row) =>
        row.Changes.All(change => CustomerColumns.ValueOf(current, change.Field, out var isProfile) is var now && (!isProfile || now == change.To));

    private static ChangeCustomer.Request ProfileBefore(Customer current, IReadOnlyList<FieldChange> changes)
    {
        var members = new Dictionary<string, object?>();
        foreach (var change in changes)
        {
            CustomerColumns.ValueOf(current, change.Field, out var isProfile);
            if (isProfile && !change.Field.Contains('.', StringComparison.Ordinal)) members[change.Field] = change.From;
        }
        if (OwnColumns.Before(changes) is { Count: > 0 } own) members["custom_fields"] = own;
        return JsonSerializer.Deserialize<ChangeCustomer.Request>(JsonSerializer.SerializeToUtf8Bytes(members), StrictJson.Options)!;
    }

    private static Id<Customer> IdOf(WrittenRow row) => Id<Customer>.FromBytes(row.ResourceId);
}
