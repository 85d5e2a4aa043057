using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Users;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Conversations.Presence;

/// <summary>POST /conversations/{conversation_id}/read, and who has read how far.</summary>
public static class MarkRead
{
    public sealed record Request
    {
        /// <summary>The number of the last entry that was read; left out: all of it.</summary>
        [Range(1, int.MaxValue)] public int? Number { get; init; }
    }

    /// <summary>How far one user has read.</summary>
    public sealed record Reader
    {
        public required Id<User> UserId { get; init; }
        public required string Name { get; init; }

        /// <summary>The number of the last entry they have read.</summary>
        public required int Number { get; init; }

        public required DateTimeOffset ReadAt { get; init; }
    }

    /// <exception cref="ApiProblem">403: a program reads nothing.</exception>
    internal static async Task<Conversation> Handle([FromRoute(Name = "conversation_id")] Id<Conversation> conversationId, Request request, Caller caller, ReadMarks marks, TenantDb db, CancellationToken ct)
    {
        var conversation = await Conversation.FindAsync(conversationId, db, ct);
        if (caller.User is null) throw ApiProblem.Forbidden("user_only", "Only a person who is signed in reads; a key does not.");
        await marks.MarkAsync(conversationId, Math.Min(request.Number ?? conversation.LastNumber, conversation.LastNumber), ct);
        return await marks.WithReadAsync(conversation, ct);
    }

    internal static async Task<Page<Reader>> Readers([FromRoute(Name = "conversation_id")] Id<Conversation> conversationId, ListQuery query, TenantDb db, CancellationToken ct)
    {
        await Conversation.FindAsync(conversationId, db, ct);
        return await List.Where(Condition.Of("r.ConversationId = {0}", conversationId)).ReadAsync(query, db, null, ct);
    }

    private static readonly TenantSql Matching = TenantSql.Of("""
        SELECT r.UserId, u.Name, r.Number, r.ReadAt
        FROM ConversationReads r
        JOIN Users u ON u.TenantId = r.TenantId AND u.Id = r.UserId
        WHERE r.TenantId = @TenantId
        """);

    internal static readonly ListOf<Reader> List = ListOf<Reader>.From(Matching, "r.UserId", reader => reader.UserId.ToBytes())
        .SortedBy("read_at", "r.ReadAt", reader => reader.ReadAt, isDescending: true);
}
