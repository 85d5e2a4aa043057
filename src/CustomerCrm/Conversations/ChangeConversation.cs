using System.ComponentModel.DataAnnotations;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Teams;
using CustomerCrm.Users;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Conversations;

/// <summary>PATCH /conversations/{conversation_id}: close it, hand it on, say whose it is.</summary>
public static class ChangeConversation
{
    public sealed record Request
    {
        /// <summary>`closed` ends it; what the customer writes next opens it again.</summary>
        [Required] public Change<ConversationState> State { get; init; }

        [StringLength(500, MinimumLength = 1)] public Change<string> Subject { get; init; }

        /// <summary>Null leaves it to whoever takes it.</summary>
        public Change<Id<User>?> AssigneeId { get; init; }

        public Change<Id<Team>?> TeamId { get; init; }

        /// <summary>It turns out to be another customer's: all that was said in it moves into that one's timeline.</summary>
        [Required] public Change<Id<Customer>> CustomerId { get; init; }
    }

    internal static async Task<Conversation> Handle(
        [FromRoute(Name = "conversation_id")] Id<Conversation> conversationId, Request request, IfMatch ifMatch, ConversationWriter writer, ConversationMover mover, ReadMarks marks, TenantDb db, CancellationToken ct)
    {
        var current = await Conversation.FindAsync(conversationId, db, ct);
        ifMatch.Check(current.Revision);
        if (request.CustomerId.IsSet) current = await mover.MoveAsync(conversationId, request.CustomerId.Value, ct);
        var changed = await writer.ChangeAsync(current, current with
        {
            State = request.State.Or(current.State),
            Subject = request.Subject.Or(current.Subject),
            AssigneeId = request.AssigneeId.Or(current.AssigneeId),
            TeamId = request.TeamId.Or(current.TeamId),
        }, ct);
        return await marks.WithReadAsync(changed, ct);
    }
}
