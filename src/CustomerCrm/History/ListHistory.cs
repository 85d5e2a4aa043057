using System.Text.Json;
using CustomerCrm.Companies;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Products;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.History;

/// <summary>GET /v1/customers/{customer_id}/history, and those of companies and products.</summary>
internal static class ListHistory
{
    internal static async Task<Page<HistoryEntry>> Handle([FromRoute(Name = "customer_id")] Id<Customer> customerId, ListQuery query, TenantDb db, CancellationToken ct)
    {
        var page = await List.ReadAsync(query, db, new { CustomerId = customerId }, ct);
        if (page.Data.Count == 0) await ShowCustomer.FindAsync(customerId, db, ct); // nothing was changed, or nobody is there?
        return Shown(page);
    }

    internal static async Task<Page<HistoryEntry>> OfCompany([FromRoute(Name = "company_id")] Id<Company> companyId, ListQuery query, CompanyReader companies, TenantDb db, CancellationToken ct)
    {
        await companies.CheckAsync(companyId, ct);
        return Shown(await OfOne.ReadAsync(query, db, new { RecordId = companyId.ToString() }, ct));
    }

    internal static async Task<Page<HistoryEntry>> OfProduct([FromRoute(Name = "product_id")] Id<Product> productId, ListQuery query, ProductReader products, TenantDb db, CancellationToken ct)
    {
        await products.CheckAsync(productId, ct);
        return Shown(await OfOne.ReadAsync(query, db, new { RecordId = productId.ToString() }, ct));
    }

    private static Page<HistoryEntry> Shown(Page<Row> page) =>
        new() { Data = [.. page.Data.Select(row => row.ToEntry())], HasMore = page.HasMore, NextCursor = page.NextCursor, NextLink = page.NextLink };

    /// <summary>As it is stored.</summary>
    internal sealed record Row
    {
        public required Id<FieldChange> Id { get; init; }
        public required string Resource { get; init; }
        public required string RecordId { get; init; }
        public required int Revision { get; init; }
        public required string Field { get; init; }
        public required string? OldValue { get; init; }
        public required string? NewValue { get; init; }
        public required DateTimeOffset ChangedAt { get; init; }
        public required ActorKind ActorKind { get; init; }
        public required string? ActorId { get; init; }
        public required string ActorName { get; init; }

        public HistoryEntry ToEntry() => new()
        {
            Id = Id, Resource = Resource, RecordId = RecordId, Revision = Revision, Field = Field, From = Value(OldValue), To = Value(NewValue), ChangedAt = ChangedAt,
            ChangedBy = new ChangedBy { Kind = ActorKind, Id = ActorId, Name = ActorName },
        };

        private static JsonElement? Value(string? json) => json is null ? null : JsonElement.Parse(json);
    }

    private static readonly TenantSql Matching = TenantSql.Of("""
        SELECT h.Id, h.Resource, h.RecordId, h.Revision, h.Field, h.OldValue, h.NewValue, h.ChangedAt, h.ActorKind, h.ActorId, h.ActorName
        FROM FieldChanges h
        WHERE h.TenantId = @TenantId
          AND h.CustomerId = @CustomerId
        """);

    private static readonly TenantSql MatchingOne = TenantSql.Of("""
        SELECT h.Id, h.Resource, h.RecordId, h.Revision, h.Field, h.OldValue, h.NewValue, h.ChangedAt, h.ActorKind, h.ActorId, h.ActorName
        FROM RecordChanges h
        WHERE h.TenantId = @TenantId
          AND h.RecordId = @RecordId
        """);

    internal static readonly ListOf<Row> List = Of(Matching)
        .FilteredBy("resource", "h.Resource", FilterType.Text(50, "customer"), Operators.Equal | Operators.In)
        .FilteredBy("record_id", "h.RecordId", FilterType.Text(40, "ord_01k5pj9q5h0000000000000000"), Operators.Equal);

    internal static readonly ListOf<Row> OfOne = Of(MatchingOne);

    private static ListOf<Row> Of(TenantSql matching) => ListOf<Row>.From(matching, "h.Id", row => row.Id.ToBytes())
        .SortedBy("changed_at", "h.ChangedAt", row => row.ChangedAt, isDescending: true)
        .FilteredBy("field", "h.Field", FilterType.Text(200, "city"), Operators.Equal | Operators.In)
        .FilteredBy("changed_at", "h.ChangedAt", FilterType.Time, Operators.Range)
        .FilteredBy("actor_kind", "h.ActorKind", FilterType.OneOf<ActorKind>(), Operators.Equal | Operators.In);
}
