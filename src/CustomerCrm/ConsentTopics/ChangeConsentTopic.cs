using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.ConsentTopics;

/// <summary>PATCH and DELETE /v1/consent_topics/{consent_topic_id}. Name and purpose stay: consents were given for them.</summary>
public static class ChangeConsentTopic
{
    /// <example>{"title":"Our newsletter","is_public":false}</example>
    public sealed record Request
    {
        [Required, StringLength(200, MinimumLength = 1)] public Change<string> Title { get; init; }
        [StringLength(500, MinimumLength = 1)] public Change<string> Description { get; init; }
        public Change<bool> IsPublic { get; init; }
        public Change<bool> IsOnByDefault { get; init; }
    }

    internal static async Task<ConsentTopic> Handle(
        [FromRoute(Name = "consent_topic_id")] Id<ConsentTopic> topicId, Request request, IfMatch ifMatch, TenantDb db, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var current = await ConsentTopic.FindAsync(topicId, db, ct);
        ifMatch.Check(current.Revision);
        var changed = current with
        {
            Title = request.Title.Or(current.Title)!,
            Description = request.Description.Or(current.Description),
            IsPublic = request.IsPublic.Or(current.IsPublic),
            IsOnByDefault = request.IsOnByDefault.Or(current.IsOnByDefault),
        };
        if (changed == current) return current;
        changed = changed with { Revision = current.Revision + 1, UpdatedAt = clock.GetUtcNow() };
        if (await db.ExecuteAsync(Update, new { changed.Id, changed.Title, changed.Description, changed.IsPublic, changed.IsOnByDefault, changed.Revision, changed.UpdatedAt }, ct) == 0) throw ApiProblem.PreconditionFailed();
        events.Record("consent_topic.updated", changed);
        return changed;
    }

    internal static async Task<NoContent> Remove([FromRoute(Name = "consent_topic_id")] Id<ConsentTopic> topicId, IfMatch ifMatch, TenantDb db, EventLog events, CancellationToken ct)
    {
        var current = await ConsentTopic.FindAsync(topicId, db, ct);
        ifMatch.Check(current.Revision);
        if ((await db.QueryTopAsync<int>(AnyConsent, 1, new { current.Purpose, current.Name }, ct)).Count > 0)
            throw ApiProblem.Conflict("topic_in_use", "Customers have said yes or no to this topic; that stays. Set is_public to false, and nobody sees it any more.");
        if (await db.ExecuteAsync(Delete, new { current.Id, current.Revision }, ct) == 0) throw ApiProblem.PreconditionFailed();
        events.Record("consent_topic.deleted", current);
        return TypedResults.NoContent();
    }

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE ConsentTopics
        SET Title = @Title, Description = @Description, IsPublic = @IsPublic, IsOnByDefault = @IsOnByDefault, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision - 1
        """);

    private static readonly TenantSql AnyConsent = TenantSql.Of("""
        SELECT 1
        FROM ConsentStates s
        WHERE s.TenantId = @TenantId
          AND s.Purpose = @Purpose
          AND s.Topic = @Name
        ORDER BY s.Channel
        """);

    private static readonly TenantSql Delete = TenantSql.Of("""
        DELETE FROM ConsentTopics
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision
        """);
}
