using CustomerCrm.CustomFields.Owners;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.CustomFields;

/// <summary>Take the values of a deleted field out of all records.</summary>
public sealed record DropCustomField(Id<CustomField> FieldId, CustomFieldResource Resource, string Name);

/// <summary>Some hundred records at a time, each with a new revision, since they show something else now. The field's own event says it for all of them.</summary>
internal sealed class DropCustomFieldJob(TenantDb db, CustomFieldOwners owners) : IJob<DropCustomField>
{
    private const int AtOnce = 200;

    public async Task RunAsync(DropCustomField work, CancellationToken ct)
    {
        var owner = owners.Of(work.Resource).Tables;
        var holders = await HoldersAsync(owner, work, ct);
        while (holders.Count > 0)
        {
            await db.InTransactionAsync(async () =>
            {
                foreach (var holder in holders) await TakeFromAsync(owner, holder, work, ct);
            }, ct);
            holders = await HoldersAsync(owner, work, ct);
        }
        await db.ExecuteAsync(Drop, new { work.FieldId }, ct);
    }

    private Task<IReadOnlyList<byte[]>> HoldersAsync(OwnValueTables owner, DropCustomField work, CancellationToken ct) =>
        db.QueryTopAsync<byte[]>(owner.Holders, AtOnce, new { work.FieldId }, ct);

    // The record first: whoever else is writing it has finished then, or will find another revision.
    private async Task TakeFromAsync(OwnValueTables owner, byte[] holder, DropCustomField work, CancellationToken ct)
    {
        await db.ExecuteAsync(owner.Touch, new { OwnerId = holder }, ct);
        var before = CustomFieldValues.Of(await db.FindAsync<string>(owner.TextOf, new { OwnerId = holder }, ct));
        var after = before.With((work.Name, null));
        if (after == CustomFieldValues.None) await db.ExecuteAsync(owner.DeleteText, new { OwnerId = holder }, ct);
        else if (after != before) await db.ExecuteAsync(owner.UpdateText, new { OwnerId = holder, after.Text }, ct);
        await db.ExecuteAsync(owner.RemoveValue, new { OwnerId = holder, work.FieldId }, ct);
    }

    private static readonly TenantSql Drop = TenantSql.Of("""
        DELETE FROM CustomFields
        WHERE TenantId = @TenantId
          AND Id = @FieldId
          AND DeletedAt IS NOT NULL
        """);
}
