using CustomerCrm.Companies;
using CustomerCrm.Customers;
using CustomerCrm.Orders;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Notes;

/// <summary>Something a person of the tenant wrote down of a customer, a company or an order.</summary>
public sealed record Note : IHasId, IVersioned
{
    public static string Prefix => "not";

    public required Id<Note> Id { get; init; }

    /// <summary>Whose timeline it stands in: of a note of an order, the order's customer. Null for a note of a company.</summary>
    public Id<Customer>? CustomerId { get; init; }

    public Id<Company>? CompanyId { get; init; }
    public Id<Order>? OrderId { get; init; }

    /// <example>Prefers to be called in the afternoon.</example>
    public required string Body { get; init; }

    /// <summary>Shown before the others in the 360 view.</summary>
    public required bool IsPinned { get; init; }

    /// <summary>Who wrote it, as they were called then.</summary>
    public Actor Author
    {
        get => new(AuthorKind, AuthorId, AuthorName);
        init => (AuthorKind, AuthorId, AuthorName) = (value.Kind, value.Id, value.Name);
    }

    /// <summary>When it was written, maybe long ago and elsewhere.</summary>
    public required DateTimeOffset WrittenAt { get; init; }

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    internal ActorKind AuthorKind { get; init; }
    internal string? AuthorId { get; init; }
    internal string AuthorName { get; init; } = "";

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<Note> FindAsync(Id<Note> noteId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<Note>(ById, new { NoteId = noteId }, ct) ?? throw ApiProblem.NotFound("note");

    /// <summary>Ends in its WHERE, so that lists narrow the same statement. A note of an order goes with its order.</summary>
    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT n.Id, n.CustomerId, n.CompanyId, n.OrderId, n.Body, n.IsPinned, n.AuthorKind, n.AuthorId, n.AuthorName, n.WrittenAt,
            n.Revision, n.CreatedAt, n.UpdatedAt
        FROM Notes n
        WHERE n.TenantId = @TenantId
          AND (n.OrderId IS NULL OR EXISTS (SELECT 1 FROM Orders o WHERE o.TenantId = @TenantId AND o.Id = n.OrderId))
        """);

    private static readonly TenantSql ById = Matching.Then("AND n.Id = @NoteId");
}
