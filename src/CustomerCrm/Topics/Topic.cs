using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tickets;

namespace CustomerCrm.Topics;

/// <summary>Something that tickets can be about.</summary>
public sealed record Topic : IVersioned
{
    public required Id<TicketTopic> Id { get; init; }

    /// <summary>No two have the same, capitals aside.</summary>
    /// <example>Refunds</example>
    public required string Name { get; init; }

    public string? Description { get; init; }
    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<Topic> FindAsync(Id<TicketTopic> topicId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<Topic>(ById, new { TopicId = topicId }, ct) ?? throw ApiProblem.NotFound("topic");

    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT p.Id, p.Name, p.Description, p.Revision, p.CreatedAt, p.UpdatedAt
        FROM Topics p
        WHERE p.TenantId = @TenantId
        """);

    private static readonly TenantSql ById = Matching.Then("AND p.Id = @TopicId");

    internal static readonly ListOf<Topic> List = ListOf<Topic>.From(Matching, "p.Id", topic => topic.Id.ToBytes())
        .SortedBy("name", "p.Name", topic => topic.Name)
        .SortedBy("created_at", "p.CreatedAt", topic => topic.CreatedAt);
}
