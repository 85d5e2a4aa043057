using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Users;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Conversations.Mentions;

/// <summary>GET /conversations/mentions, and POST /conversations/mentions/{mention_id}/seen.</summary>
internal static class ListMentions
{
    /// <param name="mine">True: those of the person who asks. For people who are signed in.</param>
    /// <param name="unseen">True: those that their user has not seen.</param>
    /// <param name="query">Order, filters and place.</param>
    internal static Task<Page<Mention>> Handle([FromQuery] bool? mine, [FromQuery] bool? unseen, ListQuery query, Caller caller, TenantDb db, CancellationToken ct)
    {
        var list = List;
        if (mine == true) list = list.Where(Condition.Of("m.UserId = {0}", caller.User?.UserId.ToByteArray(bigEndian: true) ?? throw ApiProblem.BadQuery("mine", "user_only", "Nobody mentions a key: ask as a person who is signed in, or filter by user_id.")));
        if (unseen == true) list = list.Where(Condition.Of("m.SeenAt IS NULL"));
        return list.ReadAsync(query, db, null, ct);
    }

    /// <exception cref="ApiProblem">403: it is somebody else's. 404: there is none.</exception>
    internal static async Task<Mention> See([FromRoute(Name = "mention_id")] Id<Mention> mentionId, Caller caller, TenantDb db, TimeProvider clock, CancellationToken ct)
    {
        var mention = await db.FindAsync<Mention>(ById, new { MentionId = mentionId }, ct) ?? throw ApiProblem.NotFound("mention");
        if (caller.User is { } user && user.UserId != mention.UserId.Value) throw ApiProblem.Forbidden("user_only", "Only who is mentioned can say that they have seen it.");
        if (mention.SeenAt is not null) return mention;
        var now = clock.GetUtcNow();
        await db.ExecuteAsync(MarkSeen, new { MentionId = mentionId, Now = now }, ct);
        return mention with { SeenAt = now };
    }

    private static readonly TenantSql Matching = TenantSql.Of("""
        SELECT m.Id, m.ConversationId, m.EntryId, m.UserId, e.AuthorName, SUBSTRING(CASE WHEN e.Kind = 1 THEN i.Body ELSE e.Body END, 1, 300) AS Excerpt, m.SeenAt, m.CreatedAt
        FROM ConversationMentions m
        JOIN ConversationEntries e ON e.TenantId = m.TenantId AND e.Id = m.EntryId
        LEFT JOIN Interactions i ON i.TenantId = e.TenantId AND i.Id = e.InteractionId
        WHERE m.TenantId = @TenantId
        """);

    private static readonly TenantSql ById = Matching.Then("AND m.Id = @MentionId");

    private static readonly TenantSql MarkSeen = TenantSql.Of("""
        UPDATE ConversationMentions
        SET SeenAt = @Now
        WHERE TenantId = @TenantId
          AND Id = @MentionId
        """);

    internal static readonly ListOf<Mention> List = ListOf<Mention>.From(Matching, "m.Id", mention => mention.Id.ToBytes())
        .SortedBy("created_at", "m.CreatedAt", mention => mention.CreatedAt, isDescending: true)
        .FilteredBy("user_id", "m.UserId", FilterType.IdOf<User>(), Operators.Equal)
        .FilteredBy("conversation_id", "m.ConversationId", FilterType.IdOf<Conversation>(), Operators.Equal);
}
