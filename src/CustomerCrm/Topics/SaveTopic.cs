using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform;
using CustomerCrm.Tickets;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Topics;

/// <summary>POST /topics; PATCH and DELETE /topics/{topic_id}</summary>
public static class SaveTopic
{
    internal const int MostTopics = 200;

    public sealed record New
    {
        /// <example>Refunds</example>
        [StringLength(100, MinimumLength = 1)] public required string Name { get; init; }

        [StringLength(1000)] public string? Description { get; init; }
    }

    public sealed record Changes
    {
        /// <example>Refunds</example>
        [Required, StringLength(100, MinimumLength = 1)] public Change<string> Name { get; init; }

        [StringLength(1000)] public Change<string> Description { get; init; }
    }

    internal static async Task<Created<Topic>> Create(New request, TenantDb db, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        if (await db.FindAsync<int>(CountAll, null, ct) >= MostTopics) throw ApiProblem.Conflict("too_many_ticket_topics", $"There are at most {MostTopics} topics. Delete one first.");
        var id = Id<TicketTopic>.New();
        await OnceAsync(() => db.ExecuteAsync(Insert, new { Id = id, request.Name, NameKey = NormalizedName.Of(request.Name), request.Description, Now = clock.GetUtcNow() }, ct));
        var topic = await Topic.FindAsync(id, db, ct);
        events.Record("topic.created", topic);
        return TypedResults.Created($"/v1/topics/{topic.Id}", topic);
    }

    internal static async Task<Topic> Handle([FromRoute(Name = "topic_id")] Id<TicketTopic> topicId, Changes request, IfMatch ifMatch, TenantDb db, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var current = await Topic.FindAsync(topicId, db, ct);
        ifMatch.Check(current.Revision);
        var name = request.Name.Or(current.Name)!;
        if (await OnceAsync(() => db.ExecuteAsync(Update, new { current.Id, Name = name, NameKey = NormalizedName.Of(name), Description = request.Description.Or(current.Description), current.Revision, Now = clock.GetUtcNow() }, ct)) == 0)
            throw ApiProblem.PreconditionFailed();
        var changed = await Topic.FindAsync(topicId, db, ct);
        events.Record("topic.updated", changed);
        return changed;
    }

    internal static async Task<NoContent> Remove([FromRoute(Name = "topic_id")] Id<TicketTopic> topicId, IfMatch ifMatch, TenantDb db, EventLog events, CancellationToken ct)
    {
        var current = await Topic.FindAsync(topicId, db, ct);
        ifMatch.Check(current.Revision);
        await db.ExecuteAsync(Delete, new { TopicId = topicId }, ct);
        events.Record("topic.deleted", current);
        return TypedResults.NoContent();
    }

    private static async Task<int> OnceAsync(Func<Task<int>> write)
    {
        try
        {
            return await write();
        }
        catch (DuplicateKeyException)
        {
            throw ApiProblem.Conflict("ticket_topic_exists", "There is a topic of this name already.");
        }
    }

    private static readonly TenantSql CountAll = TenantSql.CountHeld("Topics");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Topics (TenantId, Id, Name, NameKey, Description, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Name, @NameKey, @Description, 1, @Now, @Now)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE Topics
        SET Name = @Name, NameKey = @NameKey, Description = @Description, Revision = Revision + 1, UpdatedAt = @Now
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision
        """);

    private static readonly TenantSql Delete = TenantSql.Of("DELETE FROM Topics WHERE TenantId = @TenantId AND Id = @TopicId");
}
