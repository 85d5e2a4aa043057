using CustomerCrm.CustomFields;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Tags;

/// <summary>Makes and finds tags, and puts them on records and takes them off. Doing it again changes nothing.</summary>
internal sealed class TagBook(TenantDb db, EventLog events, TimeProvider clock)
{
    internal const int MostTags = 1000, MostOnOne = 100;

    /// <returns>The tag of this name, made where there is none.</returns>
    /// <exception cref="ApiProblem">409: there are as many as there may be.</exception>
    public async Task<Known> FindOrCreateAsync(string name, CancellationToken ct)
    {
        if (await FindAsync(name, ct) is { } known) return known;
        try
        {
            var created = await CreateAsync(name, ct);
            return new Known { Id = created.Id, Name = created.Name };
        }
        catch (DuplicateKeyException)
        {
            return (await FindAsync(name, ct))!; // somebody was faster
        }
    }

    public Task<Known?> FindAsync(string name, CancellationToken ct) => db.FindAsync<Known>(ByName, new { NameKey = Tag.KeyOf(name) }, ct);

    /// <exception cref="ApiProblem">409: there are as many as there may be.</exception>
    /// <exception cref="DuplicateKeyException">There is one of this name.</exception>
    public async Task<Tag> CreateAsync(string name, CancellationToken ct)
    {
        if (await db.FindAsync<int>(CountAll, null, ct) >= MostTags) throw ApiProblem.Conflict("too_many_tags", $"There are at most {MostTags} tags. Merge or delete some first.");
        var now = clock.GetUtcNow();
        var tag = new Tag { Id = Id<Tag>.New(), Name = name, Revision = 1, CreatedAt = now, UpdatedAt = now };
        await db.ExecuteAsync(Insert, new { tag.Id, tag.Name, NameKey = Tag.KeyOf(name), Now = now }, ct);
        events.Record("tag.created", tag);
        return tag;
    }

    /// <returns>Whether the record did not have it yet.</returns>
    public async Task<bool> AddAsync(TagOwner owner, Guid id, Known tag, CancellationToken ct)
    {
        try
        {
            if (await db.ExecuteAsync(owner.Add, new { OwnerId = id.ToByteArray(bigEndian: true), TagId = tag.Id, Now = clock.GetUtcNow() }, ct) == 0) return false;
        }
        catch (DuplicateKeyException)
        {
            return false; // somebody was faster
        }
        await RecordAsync(owner, "tagged", id, tag, ct);
        return true;
    }

    /// <returns>Whether the record had it.</returns>
    public async Task<bool> RemoveAsync(TagOwner owner, Guid id, Known tag, CancellationToken ct)
    {
        if (await db.ExecuteAsync(owner.Remove, new { OwnerId = id.ToByteArray(bigEndian: true), TagId = tag.Id }, ct) == 0) return false;
        await RecordAsync(owner, "untagged", id, tag, ct);
        return true;
    }

    /// <summary>What segments would be left asking for nothing without a tag of this name.</summary>
    /// <exception cref="ApiProblem">409: there are some.</exception>
    public async Task RefuseWhileAskedForAsync(Tag tag, CancellationToken ct)
    {
        if (await SegmentsAsking.FieldAsync("tag", db, ct, tag.Name) is { Count: > 0 } asking)
            throw ApiProblem.Conflict("tag_in_use", "Segments ask for this tag by its name. Change their rules first.", new Dictionary<string, object?> { ["segment_ids"] = asking });
    }

    private async Task RecordAsync(TagOwner owner, string what, Guid id, Known tag, CancellationToken ct)
    {
        var customerId = await owner.CustomerOfAsync(db, id, ct);
        events.Record($"{owner.Name}.{what}", new TagChange { RecordId = owner.WriteId(id), TagId = tag.Id, Name = tag.Name }, customerId);
    }

    internal sealed record Known
    {
        public required Id<Tag> Id { get; init; }
        public required string Name { get; init; }
    }

    private static readonly TenantSql ByName = TenantSql.Of("""
        SELECT t.Id, t.Name
        FROM Tags t
        WHERE t.TenantId = @TenantId
          AND t.NameKey = @NameKey
          AND t.DeletedAt IS NULL
        """);

    private static readonly TenantSql CountAll = TenantSql.CountHeld("Tags", "DeletedAt IS NULL");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Tags (TenantId, Id, Name, NameKey, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Name, @NameKey, 1, @Now, @Now)
        """);
}

/// <summary>The data of <c>customer.tagged</c>, <c>customer.untagged</c> and the like of orders.</summary>
public sealed record TagChange
{
    /// <summary>The id of the customer or order.</summary>
    public required string RecordId { get; init; }

    public required Id<Tag> TagId { get; init; }

    /// <summary>The tag's name.</summary>
    public required string Name { get; init; }
}
