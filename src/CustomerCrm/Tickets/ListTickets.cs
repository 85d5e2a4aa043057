using System.Text;
using CustomerCrm.CustomFields.Owners;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Customers;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Teams;
using CustomerCrm.Tenant;
using CustomerCrm.Tickets.Searching;
using CustomerCrm.Tickets.Views;
using CustomerCrm.TicketStatuses;
using CustomerCrm.Users;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Tickets;

/// <summary>GET /tickets, and those of one customer.</summary>
internal static class ListTickets
{
    /// <param name="view">The id of a view: its filters beside those that are sent, and its order where none is.</param>
    /// <param name="mine">True: those of the person who asks, and those of their teams that nobody has taken. For people who are signed in.</param>
    /// <param name="query">Order, filters and place.</param>
    internal static async Task<Page<Ticket>> Handle([FromQuery] string? view, [FromQuery] bool? mine, ListQuery query, Caller caller, TicketViewBook views, TenantDb db, CancellationToken ct)
    {
        var list = mine == true ? List.Where(Mine(caller)) : List;
        return await list.ReadAsync(view is null ? query : query.Within(await views.QueryOfAsync(view, ct)), db, null, ct);
    }

    internal static async Task<Page<Ticket>> OfCustomer([FromRoute(Name = "customer_id")] Id<Customer> customerId, ListQuery query, TenantDb db, CancellationToken ct)
    {
        await ShowCustomer.FindAsync(customerId, db, ct);
        return await OfOne.Where(Condition.Of("t.CustomerId = {0}", customerId)).ReadAsync(query, db, null, ct);
    }

    private static Condition Mine(Caller caller)
    {
        var user = caller.User?.UserId.ToByteArray(bigEndian: true) ?? throw ApiProblem.BadQuery("mine", "user_only", "A key has no tickets of its own: ask as a person who is signed in, or filter by assignee_id.");
        return Condition.Of("(t.AssigneeId = {0} OR (t.AssigneeId IS NULL AND t.TeamId IN (SELECT w.TeamId FROM TeamMembers w WHERE w.TenantId = t.TenantId AND w.UserId = {0})))", user);
    }

    internal static readonly ListOf<Ticket> OfOne = ListOf<Ticket>.From(Ticket.Matching, "t.Id", ticket => ticket.Id.ToBytes())
        .SortedBy("created_at", "t.CreatedAt", ticket => ticket.CreatedAt, isDescending: true)
        .FilteredBy("category", "t.Category", FilterType.OneOf<TicketCategory>(), Operators.Equal | Operators.In);

    private static readonly TenantSql Alike = TenantSql.Of("SELECT 1 FROM Tickets v WHERE v.TenantId = @TenantId");

    // CROSS JOIN, because SQLite keeps its order: first what has the value, then its ticket.
    private static readonly TenantSql MatchingAlike = TenantSql.Of($"""
        SELECT {Ticket.Columns}
        FROM Tickets v
        CROSS JOIN Tickets t
        WHERE v.TenantId = @TenantId
          AND t.TenantId = @TenantId
          AND t.Id = v.Id
        """);

    private static readonly TenantSql TaggedRows = TenantSql.Of("SELECT 1 FROM TicketTags v WHERE v.TenantId = @TenantId");

    private static readonly TenantSql MatchingByTag = TenantSql.Of($"""
        SELECT {Ticket.Columns}
        FROM TicketTags v
        CROSS JOIN Tickets t
        WHERE v.TenantId = @TenantId
          AND t.TenantId = @TenantId
          AND t.Id = v.TicketId
        """);

    private static readonly TenantSql MatchingByValue = TenantSql.Of($"""
        SELECT {Ticket.Columns}
        FROM TicketFieldValues v
        CROSS JOIN Tickets t
        WHERE v.TenantId = @TenantId
          AND t.TenantId = @TenantId
          AND t.Id = v.TicketId
        """);

    private static readonly ListStart begunByTag = new(TaggedRows, MatchingByTag, name => Condition.Of(
        "v.TagId = (SELECT w.Id FROM Tags w WHERE w.TenantId = @TenantId AND w.NameKey = {0} AND w.DeletedAt IS NULL)", FieldKey.Beginning((string)name)));

    private static readonly ListStart begunByWords = new(TicketWords.Rows, TicketWords.Matching, text => TicketWords.Found((string)text));

    private static ListStart Begun(Func<object, Condition> isAmong) => new(Alike, MatchingAlike, isAmong) { HasOneEach = true };

    internal static readonly ListOf<Ticket> List = ListOf<Ticket>.From(Ticket.Matching, "t.Id", ticket => ticket.Id.ToBytes())
        .SortedBy("created_at", "t.CreatedAt", ticket => ticket.CreatedAt, isDescending: true)
        .SortedBy("updated_at", "t.UpdatedAt", ticket => ticket.UpdatedAt, isDescending: true)
        .SortedBy("priority", "t.Priority", ticket => (int)ticket.Priority, isDescending: true)
        .SortedBy("number", "t.Number", ticket => ticket.Number, isDescending: true)
        .FilteredBy("words", "match", FilterType.Text(200, "late parcel"), takesMany: false, "Only those that hold all these words: in the subject, in what was said, or as the ticket's number. Case, accents and English endings do not count, and the last word may go on. A change is found within about a second.",
            texts => TicketWords.IsOf((string)texts[0]), begunByWords)
        .FilteredBy("number", "t.Number", FilterType.Integer, Operators.Equal, Begun(n => Condition.Of("v.Number = {0}", n)))
        .FilteredBy("category", "t.Category", FilterType.OneOf<TicketCategory>(), Operators.Equal | Operators.In, Begun(c => Condition.Of("v.Category = {0}", c)))
        .FilteredBy("status_id", "t.StatusId", FilterType.IdOf<TicketStatus>(), Operators.Equal | Operators.In)
        .FilteredBy("is_solved", "eq", FilterType.Boolean, takesMany: false, "Whether it is solved or closed, or still to be worked at.",
            isSolved => (bool)isSolved[0] ? Condition.Of("t.Category >= 5") : Condition.Of("t.Category < 5"), Begun(isSolved => (bool)isSolved ? Condition.Of("v.Category >= 5") : Condition.Of("v.Category < 5")))
        .FilteredBy("type", "t.Type", FilterType.OneOf<TicketType>(), Operators.Equal | Operators.In)
        .FilteredBy("priority", "t.Priority", FilterType.OneOf<TicketPriority>(), Operators.Equal | Operators.In, Begun(p => Condition.Of("v.Priority = {0}", p)))
        .FilteredBy("assignee_id", "t.AssigneeId", FilterType.IdOf<User>(), Operators.Equal | Operators.In, Begun(id => Condition.Of("v.AssigneeId = {0}", id)))
        .FilteredBy("is_assigned", "eq", FilterType.Boolean, "Whether somebody is at it.", isAssigned => (bool)isAssigned ? Assigned : Assigned.Not())
        .FilteredBy("team_id", "t.TeamId", FilterType.IdOf<Team>(), Operators.Equal | Operators.In, Begun(id => Condition.Of("v.TeamId = {0}", id)))
        .FilteredBy("customer_id", "t.CustomerId", FilterType.IdOf<Customer>(), Operators.Equal | Operators.In, Begun(id => Condition.Of("v.CustomerId = {0}", id)))
        .FilteredBy("channel", "t.Channel", FilterType.OneOf<InteractionChannel>(), Operators.Equal | Operators.In)
        .FilteredBy("language", "t.Language", LocaleTag.Filter(35, "de"), Operators.Equal | Operators.In)
        .FilteredBy("topic_id", "t.TopicId", FilterType.IdOf<TicketTopic>(), Operators.Equal | Operators.In)
        .FilteredBy("satisfaction", "t.Satisfaction", FilterType.Integer, Operators.Range)
        .FilteredBy("source", "t.Source", FilterType.Text(100, "zendesk"), Operators.Equal)
        .FilteredBy("external_id", "eq", FilterType.ExactText(200, "4711"), takesMany: false, "Only those with this id where they were before; upper and lower case differ.",
            ids => Condition.Of("t.ExternalKey = {0}", Encoding.UTF8.GetBytes((string)ids[0])), Begun(id => Condition.Of("v.ExternalKey = {0}", Encoding.UTF8.GetBytes((string)id))))
        .FilteredBy("created_at", "t.CreatedAt", FilterType.Time, Operators.Range)
        .FilteredBy("updated_at", "t.UpdatedAt", FilterType.Time, Operators.Range)
        .FilteredBy("solved_at", "t.SolvedAt", FilterType.Time, Operators.Range)
        .FilteredBy("tag", "eq", FilterType.Text(50, "delivery"), takesMany: false, "Only those with this tag; case does not count.", Tagged, begunByTag)
        .FilteredBy("tag", "in", FilterType.Text(50, "delivery"), takesMany: true, "Only those with one of these tags, with commas between.", Tagged, begunByTag)
        .WithOwn(new ListedFields<Ticket>(TicketFields.Owner, MatchingByValue, ticket => ticket.CustomFields));

    // A user who is gone is at nothing any more.
    private static Condition Assigned => Condition.Of("EXISTS (SELECT 1 FROM Users a WHERE a.TenantId = t.TenantId AND a.Id = t.AssigneeId)");

    private static Condition Tagged(object[] names) => Condition.Any(names.Select(name => Condition.Of("""
        EXISTS (SELECT 1 FROM TicketTags y
                WHERE y.TenantId = t.TenantId AND y.TicketId = t.Id
                  AND y.TagId = (SELECT z.Id FROM Tags z WHERE z.TenantId = @TenantId AND z.NameKey = {0} AND z.DeletedAt IS NULL))
        """, FieldKey.Beginning((string)name))));
}
