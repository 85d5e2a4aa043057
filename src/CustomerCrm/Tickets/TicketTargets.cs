using CustomerCrm.Conversations;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Teams;
using CustomerCrm.TicketStatuses;
using CustomerCrm.Users;

namespace CustomerCrm.Tickets;

/// <summary>Whether what a ticket names is there.</summary>
internal sealed class TicketTargets(TenantDb db)
{
    /// <summary>Who a ticket is to be given to.</summary>
    public async Task<IReadOnlyList<FieldError>> WrongAsync(Id<User>? assigneeId, Id<Team>? teamId, CancellationToken ct)
    {
        var errors = new List<FieldError>();
        if (assigneeId is not null && await db.FindAsync<int?>(HasUser, new { UserId = assigneeId }, ct) is null) errors.Add(new("/assignee_id", "unknown_user", "There is no such user."));
        if (teamId is not null && await db.FindAsync<int?>(HasTeam, new { TeamId = teamId }, ct) is null) errors.Add(new("/team_id", "unknown_team", "There is no such team."));
        return errors;
    }

    public async Task<bool> HasCustomerAsync(Id<Customer> customerId, CancellationToken ct) => await db.FindAsync<int?>(HasCustomer, new { CustomerId = customerId }, ct) is not null;

    public async Task<bool> HasTicketAsync(Id<Ticket> ticketId, CancellationToken ct) => await db.FindAsync<int?>(HasTicket, new { TicketId = ticketId }, ct) is not null;

    public async Task<bool> HasTopicAsync(Id<TicketTopic> topicId, CancellationToken ct) => await db.FindAsync<int?>(HasTopic, new { TopicId = topicId }, ct) is not null;

    /// <summary>Whether it is one, and this customer's.</summary>
    public async Task<bool> HasConversationAsync(Id<Conversation> conversationId, Id<Customer> customerId, CancellationToken ct) =>
        await db.FindAsync<int?>(HasConversation, new { ConversationId = conversationId, CustomerId = customerId }, ct) is not null;

    /// <summary>The category and the label that belong together: a label brings its category, a category its default label.</summary>
    /// <exception cref="ApiProblem">422: no such label, or one of another category.</exception>
    public async Task<(TicketCategory Category, Id<TicketStatus>? StatusId, string? Name)> StandsAsync(TicketCategory? category, Id<TicketStatus>? statusId, CancellationToken ct)
    {
        if (statusId is null)
        {
            var usual = await db.FindAsync<TicketStatus>(TicketStatus.DefaultOf, new { Category = category }, ct);
            return (category!.Value, usual?.Id, usual?.Name);
        }
        var label = await db.FindAsync<TicketStatus>(TicketStatus.ById, new { StatusId = statusId }, ct) ?? throw ApiProblem.Invalid("/status_id", "unknown_status", "There is no such ticket status.");
        if (category is { } said && said != label.Category) throw ApiProblem.Invalid("/status_id", "other_category", "This status is of another category.");
        return (label.Category, label.Id, label.Name);
    }

    private static readonly TenantSql HasCustomer = TenantSql.Of("SELECT 1 FROM Customers c WHERE c.TenantId = @TenantId AND c.Id = @CustomerId");

    private static readonly TenantSql HasConversation = TenantSql.Of("SELECT 1 FROM Conversations v WHERE v.TenantId = @TenantId AND v.Id = @ConversationId AND v.CustomerId = @CustomerId");

    private static readonly TenantSql HasUser = TenantSql.Of("SELECT 1 FROM Users u WHERE u.TenantId = @TenantId AND u.Id = @UserId");

    private static readonly TenantSql HasTeam = TenantSql.Of("SELECT 1 FROM Teams t WHERE t.TenantId = @TenantId AND t.Id = @TeamId");

    private static readonly TenantSql HasTopic = TenantSql.Of("SELECT 1 FROM Topics p WHERE p.TenantId = @TenantId AND p.Id = @TopicId");

    private static readonly TenantSql HasTicket = TenantSql.Of("SELECT 1 FROM Tickets t WHERE t.TenantId = @TenantId AND t.Id = @TicketId");
}
