using CustomerCrm.Orders;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Tags;

/// <summary>/orders/{order_id}/tags</summary>
internal static class OrderTags
{
    internal static async Task<Page<PutTag>> List([FromRoute(Name = "order_id")] Id<Order> orderId, ListQuery query, TenantDb db, CancellationToken ct)
    {
        await FindAsync(orderId, db, ct);
        return await Listed.ReadAsync(query, db, new { OwnerId = orderId }, ct);
    }

    internal static async Task<TagsPut> Add([FromRoute(Name = "order_id")] Id<Order> orderId, AddTags request, TenantDb db, TagBook book, CancellationToken ct)
    {
        await FindAsync(orderId, db, ct);
        return await request.PutAsync(Owner, orderId.Value, db, book, ct);
    }

    internal static async Task<NoContent> Remove(
        [FromRoute(Name = "order_id")] Id<Order> orderId, [FromRoute(Name = "tag_id")] Id<Tag> tagId, TenantDb db, TagBook book, CancellationToken ct)
    {
        await FindAsync(orderId, db, ct);
        var tag = await Tag.FindAsync(tagId, db, ct);
        await book.RemoveAsync(Owner, orderId.Value, new TagBook.Known { Id = tagId, Name = tag.Name }, ct);
        return TypedResults.NoContent();
    }

    private static async Task FindAsync(Id<Order> orderId, TenantDb db, CancellationToken ct)
    {
        if ((await db.QueryAsync<byte[]>(CustomerOf, new { OwnerId = orderId }, ct)).Count == 0) throw ApiProblem.NotFound("order");
    }

    private static readonly TenantSql Put = TenantSql.Of("""
        INSERT INTO OrderTags (TenantId, OrderId, TagId, AddedAt)
        SELECT r.TenantId, r.Id, t.Id, @Now
        FROM Orders r
        JOIN Tags t ON t.TenantId = r.TenantId
        WHERE r.TenantId = @TenantId
          AND r.Id = @OwnerId
          AND t.Id = @TagId
          AND t.DeletedAt IS NULL
          AND NOT EXISTS (SELECT 1 FROM OrderTags g WHERE g.TenantId = r.TenantId AND g.OrderId = r.Id AND g.TagId = t.Id)
        """);

    private static readonly TenantSql Take = TenantSql.Of("""
        DELETE FROM OrderTags
        WHERE TenantId = @TenantId
          AND OrderId = @OwnerId
          AND TagId = @TagId
        """);

    private static readonly TenantSql TagsOf = TenantSql.Of("""
        SELECT t.Id, t.Name, g.AddedAt
        FROM OrderTags g
        JOIN Tags t ON t.TenantId = g.TenantId AND t.Id = g.TagId
        WHERE g.TenantId = @TenantId
          AND g.OrderId = @OwnerId
          AND t.DeletedAt IS NULL
        """);

    private static readonly TenantSql Holders = TenantSql.Of("""
        SELECT g.OrderId
        FROM OrderTags g
        WHERE g.TenantId = @TenantId
          AND g.TagId = @TagId
        ORDER BY g.OrderId
        """);

    private static readonly TenantSql CustomerOf = TenantSql.Of("""
        SELECT o.CustomerId
        FROM Orders o
        WHERE o.TenantId = @TenantId
          AND o.Id = @OwnerId
        """);

    internal static readonly ListOf<PutTag> Listed = ListOf<PutTag>.From(TagsOf, "t.Id", tag => tag.Id.ToBytes())
        .SortedBy("name", "t.NameKey", tag => Tag.KeyOf(tag.Name))
        .SortedBy("added_at", "g.AddedAt", tag => tag.AddedAt);

    public static readonly TagOwner Owner = new()
    {
        Name = "order",
        WriteId = id => new Id<Order>(id).ToString(),
        Add = Put,
        Remove = Take,
        TagsOf = TagsOf,
        Holders = Holders,
        CustomerOf = CustomerOf,
    };
}
