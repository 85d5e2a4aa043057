using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Tags;

/// <summary>/customers/{customer_id}/tags</summary>
internal static class CustomerTags
{
    internal static async Task<Page<PutTag>> List([FromRoute(Name = "customer_id")] Id<Customer> customerId, ListQuery query, TenantDb db, CancellationToken ct)
    {
        await ShowCustomer.FindAsync(customerId, db, ct);
        return await Listed.ReadAsync(query, db, new { OwnerId = customerId }, ct);
    }

    internal static async Task<TagsPut> Add([FromRoute(Name = "customer_id")] Id<Customer> customerId, AddTags request, TenantDb db, TagBook book, CancellationToken ct)
    {
        await ShowCustomer.FindAsync(customerId, db, ct);
        return await request.PutAsync(Owner, customerId.Value, db, book, ct);
    }

    internal static async Task<NoContent> Remove(
        [FromRoute(Name = "customer_id")] Id<Customer> customerId, [FromRoute(Name = "tag_id")] Id<Tag> tagId, TenantDb db, TagBook book, CancellationToken ct)
    {
        await ShowCustomer.FindAsync(customerId, db, ct);
        var tag = await Tag.FindAsync(tagId, db, ct);
        await book.RemoveAsync(Owner, customerId.Value, new TagBook.Known { Id = tagId, Name = tag.Name }, ct);
        return TypedResults.NoContent();
    }

    private static readonly TenantSql Put = TenantSql.Of("""
        INSERT INTO CustomerTags (TenantId, CustomerId, TagId, AddedAt)
        SELECT r.TenantId, r.Id, t.Id, @Now
        FROM Customers r
        JOIN Tags t ON t.TenantId = r.TenantId
        WHERE r.TenantId = @TenantId
          AND r.Id = @OwnerId
          AND t.Id = @TagId
          AND t.DeletedAt IS NULL
          AND NOT EXISTS (SELECT 1 FROM CustomerTags g WHERE g.TenantId = r.TenantId AND g.CustomerId = r.Id AND g.TagId = t.Id)
        """);

    private static readonly TenantSql Take = TenantSql.Of("""
        DELETE FROM CustomerTags
        WHERE TenantId = @TenantId
          AND CustomerId = @OwnerId
          AND TagId = @TagId
        """);

    private static readonly TenantSql TagsOf = TenantSql.Of("""
        SELECT t.Id, t.Name, g.AddedAt
        FROM CustomerTags g
        JOIN Tags t ON t.TenantId = g.TenantId AND t.Id = g.TagId
        WHERE g.TenantId = @TenantId
          AND g.CustomerId = @OwnerId
          AND t.DeletedAt IS NULL
        """);

    private static readonly TenantSql Holders = TenantSql.Of("""
        SELECT g.CustomerId
        FROM CustomerTags g
        WHERE g.TenantId = @TenantId
          AND g.TagId = @TagId
        ORDER BY g.CustomerId
        """);

    internal static readonly ListOf<PutTag> Listed = ListOf<PutTag>.From(TagsOf, "t.Id", tag => tag.Id.ToBytes())
        .SortedBy("name", "t.NameKey", tag => Tag.KeyOf(tag.Name))
        .SortedBy("added_at", "g.AddedAt", tag => tag.AddedAt);

    public static readonly TagOwner Owner = new()
    {
        Name = "customer",
        WriteId = id => new Id<Customer>(id).ToString(),
        Add = Put,
        Remove = Take,
        TagsOf = TagsOf,
        Holders = Holders,
        CustomerOf = null,
    };
}
