using System.ComponentModel.DataAnnotations;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.ConsentTopics;

/// <summary>POST /v1/consent_topics</summary>
public static class CreateConsentTopic
{
    private const int Most = 100;

    /// <example>{"name":"newsletter","title":"Newsletter","description":"What is new in the shop, once a month.","purpose":"marketing"}</example>
    public sealed record Request
    {
        /// <summary>Letters, digits and _, lower case.</summary>
        [StringLength(50), RegularExpression("^[a-z][a-z0-9_]*$")] public required string Name { get; init; }

        [StringLength(200, MinimumLength = 1)] public required string Title { get; init; }
        [StringLength(500, MinimumLength = 1)] public string? Description { get; init; }

        /// <summary>marketing, if nothing is said.</summary>
        public MessagePurpose? Purpose { get; init; }

        /// <summary>true, if nothing is said.</summary>
        public bool? IsPublic { get; init; }

        /// <summary>Whether it is for those, too, who never said anything; false, if nothing is said: then it needs a customer's yes.</summary>
        public bool IsOnByDefault { get; init; }
    }

    internal static async Task<Created<ConsentTopic>> Handle(Request request, TenantDb db, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var topic = new ConsentTopic
        {
            Id = Id<ConsentTopic>.New(),
            Name = request.Name,
            Title = request.Title,
            Description = request.Description,
            Purpose = request.Purpose ?? MessagePurpose.Marketing,
            IsPublic = request.IsPublic ?? true,
            IsOnByDefault = request.IsOnByDefault,
            Revision = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
        if (await db.FindAsync<int>(Count, null, ct) >= Most) throw ApiProblem.Conflict("too_many_topics", $"There are {Most} topics already.");
        try
        {
            await db.ExecuteAsync(Insert, new { topic.Id, topic.Name, topic.Title, topic.Description, topic.Purpose, topic.IsPublic, topic.IsOnByDefault, Now = now }, ct);
        }
        catch (DuplicateKeyException e)
        {
            throw ApiProblem.Conflict("topic_exists", "There is a topic of this name already.", e);
        }
        events.Record("consent_topic.created", topic);
        return TypedResults.Created($"/v1/consent_topics/{topic.Id}", topic);
    }

    private static readonly TenantSql Count = TenantSql.Of("SELECT COUNT(*) FROM ConsentTopics t WHERE t.TenantId = @TenantId");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO ConsentTopics (TenantId, Id, Name, Title, Description, Purpose, IsPublic, IsOnByDefault, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Name, @Title, @Description, @Purpose, @IsPublic, @IsOnByDefault, 1, @Now, @Now)
        """);
}
