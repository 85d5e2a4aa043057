using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Identities;
using CustomerCrm.Imports.Running;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Imports.Targets;

/// <summary>Takes back what an import did to customers, where nobody touched them since.</summary>
internal sealed class CustomerRestoring(TenantDb db, CustomerLoad load, CustomerWriter writer, IdentityWriter identityWriter, CustomerExtras extras)
{
    public async Task<IReadOnlyList<bool>> TakeBackAsync(IReadOnlyList<WrittenRow> rows, CancellationToken ct)
    {
        var created = rows.Where(row => row.Outcome == ImportOutcome.Create).Select(IdOf).ToArray();
        var kept = await load.TakeBackAsync(created, ct);
        var done = new bool[rows.Count];
        foreach (var (i, row) in rows.Index())
            done[i] = row.Outcome == ImportOutcome.Create ? !kept.Contains(IdOf(row)) : await RestoreAsync(row, ct);
        return done;
    }

    private async Task<bool> RestoreAsync(WrittenRow row, CancellationToken ct)
    {
        if ((await ShowCustomer.FindManyAsync([IdOf(row)], db, ct)).SingleOrDefault() is not { } current || !IsUntouched(current, row)) return false;

        var identities = await db.QueryAsync<Identity>(IdentityWriter.OfCustomer, new { CustomerId = current.Id }, ct);
        foreach (var added in identities.Where(i => row.Changes.Any(change => change.From is null && change.Field == CustomerColumns.NameOf(i.Kind, i.Source) && change.To == i.Value)))
            await identityWriter.RemoveAsync(added, ct);
        await extras.TakeTagsOffAsync(current.Id, row.Changes, ct);
        // Read again: the identities have changed its revision.
        await writer.ChangeAsync(await ShowCustomer.FindAsync(current.Id, db, ct), ProfileBefore(current, row.Changes), ct);
        return true;
    }

    /// <summary>Pure. Being seen is no touch; every change of the profile or the identities is.</summary>
    internal static bool IsUntouched(Customer current, WrittenRow row) =>
        current.UpdatedAt == row.WrittenAt
        && row.Changes.All(change => CustomerColumns.ValueOf(current, change.Field, out var isProfile) is var now && (!isProfile || now == change.To));

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
