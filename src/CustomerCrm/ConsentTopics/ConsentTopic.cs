using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.ConsentTopics;

/// <summary>Something that customers can say yes or no to by itself: a newsletter, offers, news of an order.</summary>
public sealed record ConsentTopic : IHasId, IVersioned
{
    public static string Prefix => "top";

    public required Id<ConsentTopic> Id { get; init; }

    /// <summary>What consents and messages name it by. It does not change.</summary>
    /// <example>newsletter</example>
    public required string Name { get; init; }

    /// <summary>What customers read.</summary>
    /// <example>Newsletter</example>
    public required string Title { get; init; }

    /// <summary>What customers read below it.</summary>
    /// <example>What is new in the shop, once a month.</example>
    public string? Description { get; init; }

    public required MessagePurpose Purpose { get; init; }

    /// <summary>Whether customers see it on their preference page.</summary>
    public required bool IsPublic { get; init; }

    /// <summary>
    /// Whether it is for those, too, who never said anything, until they say no: on their page, and for the contact policy. It needs another legal basis than
    /// consent, so it opens nothing where the policy asks for a yes (<c>granted</c>), as it does of marketing unless you change that. Where it is false, a message
    /// about this topic needs a yes also where the policy only asks for no no (<c>not_withdrawn</c>).
    /// </summary>
    public required bool IsOnByDefault { get; init; }

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<ConsentTopic> FindAsync(Id<ConsentTopic> topicId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<ConsentTopic>(ById, new { TopicId = topicId }, ct) ?? throw ApiProblem.NotFound("topic");

    /// <summary>Ends in its WHERE, so that lists narrow the same statement.</summary>
    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT t.Id, t.Name, t.Title, t.Description, t.Purpose, t.IsPublic, t.IsOnByDefault, t.Revision, t.CreatedAt, t.UpdatedAt
        FROM ConsentTopics t
        WHERE t.TenantId = @TenantId
        """);

    private static readonly TenantSql ById = Matching.Then("AND t.Id = @TopicId");
}
