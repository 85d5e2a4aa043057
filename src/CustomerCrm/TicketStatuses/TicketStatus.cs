using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.TicketStatuses;

/// <summary>The tenant's own word for where a ticket stands. What happens goes by its category; the word is for people.</summary>
/// <example>{"id":"tst_01mv4q0800ebxvvk1mr9tcr6ws","category":"on_hold","name":"Waiting for the supplier","position":10,"is_default":false,"revision":1,"created_at":"2030-01-15T09:00:00Z","updated_at":"2030-01-15T09:30:00Z"}</example>
public sealed record TicketStatus : IHasId, IVersioned
{
    public static string Prefix => "tst";

    public required Id<TicketStatus> Id { get; init; }

    /// <summary>For good: another category is another status.</summary>
    public required TicketCategory Category { get; init; }

    /// <summary>No two have the same, capitals aside.</summary>
    public required string Name { get; init; }

    /// <summary>The order in which people are shown them; the smaller first.</summary>
    public required int Position { get; init; }

    /// <summary>What a ticket has that comes into the category without a status being named. At most one in each category.</summary>
    public required bool IsDefault { get; init; }

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>What a category is called where the tenant has no word of its own.</summary>
    internal static string NameOf(TicketCategory category) => category == TicketCategory.OnHold ? "On hold" : category.ToString();

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<TicketStatus> FindAsync(Id<TicketStatus> statusId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<TicketStatus>(ById, new { StatusId = statusId }, ct) ?? throw ApiProblem.NotFound("ticket status");

    internal static readonly TenantSql All = TenantSql.Of("""
        SELECT s.Id, s.Category, s.Name, s.Position, s.IsDefault, s.Revision, s.CreatedAt, s.UpdatedAt
        FROM TicketStatuses s
        WHERE s.TenantId = @TenantId
        """);

    internal static readonly TenantSql ById = All.Then("AND s.Id = @StatusId");

    internal static readonly TenantSql DefaultOf = All.Then("AND s.Category = @Category AND s.IsDefault = 1");
}
