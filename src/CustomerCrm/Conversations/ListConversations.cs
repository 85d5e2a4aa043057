using CustomerCrm.Channels;
using CustomerCrm.Customers;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Teams;
using CustomerCrm.Users;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Conversations;

/// <summary>GET /conversations, and those of one customer.</summary>
internal static class ListConversations
{
    /// <param name="mine">True: those of the person who asks, and those of their teams that nobody has taken. For people who are signed in.</param>
    /// <param name="unread">True: those that have something the person who asks has not read.</param>
    /// <param name="unassigned">True: those that are no user's.</param>
    /// <param name="query">Order, filters and place.</param>
    internal static async Task<Page<Conversation>> Handle([FromQuery] bool? mine, [FromQuery] bool? unread, [FromQuery] bool? unassigned, ListQuery query, Caller caller, ReadMarks marks, TenantDb db, CancellationToken ct)
    {
        var list = List;
        if (mine == true) list = list.Where(Condition.Of("(c.AssigneeId = {0} OR (c.AssigneeId IS NULL AND c.TeamId IN (SELECT w.TeamId FROM TeamMembers w WHERE w.TenantId = c.TenantId AND w.UserId = {0})))", UserOf(caller, "mine")));
        if (unread == true) list = list.Where(Condition.Of("NOT EXISTS (SELECT 1 FROM ConversationReads r WHERE r.TenantId = c.TenantId AND r.ConversationId = c.Id AND r.UserId = {0} AND r.Number >= c.LastNumber)", UserOf(caller, "unread")));
        if (unassigned == true) list = list.Where(Condition.Of("c.AssigneeId IS NULL"));
        return await marks.WithReadAsync(await list.ReadAsync(query, db, null, ct), ct);
    }

    internal static async Task<Page<Conversation>> OfCustomer([FromRoute(Name = "customer_id")] Id<Customer> customerId, ListQuery query, ReadMarks marks, TenantDb db, CancellationToken ct)
    {
        await ShowCustomer.FindAsync(customerId, db, ct);
        return await marks.WithReadAsync(await OfOne.Where(Condition.Of("c.CustomerId = {0}", customerId)).ReadAsync(query, db, null, ct), ct);
    }

    private static byte[] UserOf(Caller caller, string parameter) =>
        caller.User?.UserId.ToByteArray(bigEndian: true) ?? throw ApiProblem.BadQuery(parameter, "user_only", "A key reads nothing and has no conversations of its own: ask as a person who is signed in.");

    internal static readonly ListOf<Conversation> OfOne = ListOf<Conversation>.From(Conversation.Matching, "c.Id", conversation => conversation.Id.ToBytes())
        .SortedBy("last_entry_at", "c.LastEntryAt", conversation => conversation.LastEntryAt, isDescending: true)
        .FilteredBy("state", "c.State", FilterType.OneOf<ConversationState>(), Operators.Equal | Operators.In);

    internal static readonly ListOf<Conversation> List = ListOf<Conversation>.From(Conversation.Matching, "c.Id", conversation => conversation.Id.ToBytes())
        .SortedBy("last_entry_at", "c.LastEntryAt", conversation => conversation.LastEntryAt, isDescending: true)
        .SortedBy("created_at", "c.CreatedAt", conversation => conversation.CreatedAt, isDescending: true)
        .FilteredBy("state", "c.State", FilterType.OneOf<ConversationState>(), Operators.Equal | Operators.In)
        .FilteredBy("channel", "c.Channel", FilterType.OneOf<InteractionChannel>(), Operators.Equal | Operators.In)
        .FilteredBy("channel_id", "c.ChannelId", FilterType.IdOf<Channel>(), Operators.Equal | Operators.In)
        .FilteredBy("assignee_id", "c.AssigneeId", FilterType.IdOf<User>(), Operators.Equal | Operators.In)
        .FilteredBy("team_id", "c.TeamId", FilterType.IdOf<Team>(), Operators.Equal | Operators.In)
        .FilteredBy("customer_id", "c.CustomerId", FilterType.IdOf<Customer>(), Operators.Equal | Operators.In)
        .FilteredBy("interaction_id", "eq", FilterType.IdOf<Interaction>(), "The one in which this interaction is a message: from what the search or the timeline found to the whole thread.",
            value => Condition.Of("c.Id IN (SELECT e.ConversationId FROM ConversationEntries e WHERE e.TenantId = c.TenantId AND e.InteractionId = {0})", value))
        .FilteredBy("last_entry_at", "c.LastEntryAt", FilterType.Time, Operators.Range)
        .FilteredBy("created_at", "c.CreatedAt", FilterType.Time, Operators.Range);
}
