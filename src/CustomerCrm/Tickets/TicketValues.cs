using System.Globalization;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Templates.Fields;
using CustomerCrm.Tenant;
using CustomerCrm.Tickets.Settings;

namespace CustomerCrm.Tickets;

/// <summary>What a ticket is to a template, a canned response or a macro.</summary>
internal sealed class TicketValues(TenantDb db, CurrentSettings settings) : ITicketValues
{
    public async Task<Dictionary<string, object?>?> FindAsync(Id<SpokenTicket> ticketId, Id<Customer>? customerId, CancellationToken ct) =>
        await db.FindAsync<Ticket>(ById, new { TicketId = ticketId }, ct) is { } ticket && (customerId is null || ticket.CustomerId == customerId) ? await OfAsync(ticket, ct) : null;

    /// <summary>Of a ticket as it is, or as it would be.</summary>
    public async Task<Dictionary<string, object?>> OfAsync(Ticket ticket, CancellationToken ct)
    {
        var tenant = await settings.GetAsync(ct);
        return new Dictionary<string, object?>
        {
            ["id"] = ticket.Id.ToString(), ["number"] = ticket.Number.ToString(CultureInfo.InvariantCulture), ["subject"] = ticket.Subject, ["status"] = ticket.Status,
            ["priority"] = StrictJson.NameOf(ticket.Priority), ["type"] = StrictJson.NameOf(ticket.Type), ["language"] = ticket.Language,
            ["created_at"] = WrittenDay.Of(tenant.Calendar.DayOf(ticket.CreatedAt), tenant.Locale),
            ["assignee_name"] = ticket.AssigneeId is null ? null : await db.FindAsync<string>(NameOfUser, new { ticket.AssigneeId }, ct),
            ["team_name"] = ticket.TeamId is null ? null : await db.FindAsync<string>(NameOfTeam, new { ticket.TeamId }, ct),
            ["link"] = (await TicketSettings.ReadAsync(db, ct)).LinkOf(ticket),
            ["custom_fields"] = ticket.CustomFields.ByName.ToDictionary(field => field.Key, field => MergeTree.OfJson(field.Value)),
        };
    }

    private static readonly TenantSql ById = Ticket.Matching.Then("AND t.Id = @TicketId");

    private static readonly TenantSql NameOfUser = TenantSql.Of("SELECT u.Name FROM Users u WHERE u.TenantId = @TenantId AND u.Id = @AssigneeId");

    private static readonly TenantSql NameOfTeam = TenantSql.Of("SELECT q.Name FROM Teams q WHERE q.TenantId = @TenantId AND q.Id = @TeamId");
}
