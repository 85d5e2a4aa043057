using System.Globalization;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Letters;
using CustomerCrm.Platform.People;
using CustomerCrm.Slas.Clocks;
using CustomerCrm.Slas.Ledger;
using CustomerCrm.Teams;
using CustomerCrm.Tenant;
using CustomerCrm.Tickets;
using CustomerCrm.Users;
using NodaTime;
using NodaTime.Extensions;

namespace CustomerCrm.Slas.Alerts;

/// <summary>
/// Writes to the people whom an escalation tells, in the transaction of the row that says so: each step once. To whoever it names; of a team, to its managers,
/// or to all of it where it has none; where nobody is named and nobody has the ticket, to the tenant's managers, or its owners.
/// </summary>
internal sealed class EscalationLetters(TenantDb db, LetterBox letters, SlaLedger ledger, CurrentSettings settings, TimeProvider clock)
{
    private const int Most = 20;

    /// <returns>How many were posted.</returns>
    public async Task<int> PostAsync(string step, string title, Ticket ticket, TicketClock of, Id<User>? userId, Id<Team>? teamId, CancellationToken ct)
    {
        var to = await AddressesAsync(userId, teamId, ct);
        if (to.Count == 0) return 0;
        var text = await TextAsync(step, ticket, of, ct);
        foreach (var address in to) await letters.PostAsync(new Letter { To = address, Subject = title, Text = text }, ct);
        return to.Count;
    }

    private async Task<string> TextAsync(string step, Ticket ticket, TicketClock of, CancellationToken ct)
    {
        var tenant = await settings.GetAsync(ct);
        var (now, due) = (clock.GetUtcNow(), Clockwork.Read(await ledger.StepsAsync(of, ct), clock.GetUtcNow()).DueAt);
        var when = due is { } at ? $"{(at < now ? "was due at" : "is due at")} {Written(at, tenant.TimeZone)}" : "is paused";
        var customer = await db.FindAsync<string>(NameOf, new { ticket.CustomerId }, ct);
        return string.Create(CultureInfo.InvariantCulture, $"""
            {SlaWords.Of(of.Promise)} to ticket #{ticket.Number} {when}, as {of.Terms.PolicyName ?? "an SLA"} promises it.

            Subject:   {ticket.Subject}
            Customer:  {customer ?? ticket.CustomerId.ToString()}
            Priority:  {ticket.Priority.ToString().ToLowerInvariant()}
            Ticket:    {ticket.Id}

            {tenant.Name} writes this because of the step "{step}" of that SLA; there is a task for it, too. It comes once.
            """);
    }

    private async Task<IReadOnlyList<string>> AddressesAsync(Id<User>? userId, Id<Team>? teamId, CancellationToken ct)
    {
        if (userId is { } user) return await db.QueryTopAsync<string>(OfUser, 1, new { UserId = user }, ct);
        var people = teamId is { } team ? await db.QueryTopAsync<Reader>(OfTeam, Most, new { TeamId = team }, ct) : await db.QueryTopAsync<Reader>(Leaders, Most, new { Lowest = Role.Manager }, ct);
        // A manager before the owners, but before the rest of a team either of them.
        Reader[] chosen = [.. people.Where(person => person.Role == Role.Manager)];
        if (chosen.Length == 0) chosen = [.. people.Where(person => person.Role < Role.Manager)];
        return [.. (chosen.Length > 0 ? chosen : people).Select(person => person.Email)];
    }

    private static string Written(DateTimeOffset at, string zone) =>
        $"{at.ToInstant().InZone(DateTimeZoneProviders.Tzdb[zone]).LocalDateTime.ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture)} ({zone})";

    private sealed record Reader
    {
        public required string Email { get; init; }
        public required Role Role { get; init; }
    }

    private static readonly TenantSql OfUser = TenantSql.Of("SELECT u.Email FROM Users u WHERE u.TenantId = @TenantId AND u.Id = @UserId ORDER BY u.Id");

    private static readonly TenantSql OfTeam = TenantSql.Of("""
        SELECT u.Email, u.Role
        FROM TeamMembers m
        JOIN Users u ON u.TenantId = m.TenantId AND u.Id = m.UserId
        WHERE m.TenantId = @TenantId
          AND m.TeamId = @TeamId
        ORDER BY u.Role, u.Id
        """);

    private static readonly TenantSql Leaders = TenantSql.Of("""
        SELECT u.Email, u.Role
        FROM Users u
        WHERE u.TenantId = @TenantId
          AND u.Role <= @Lowest
        ORDER BY u.Role DESC, u.Id
        """);

    private static readonly TenantSql NameOf = TenantSql.Of("SELECT c.Name FROM Customers c WHERE c.TenantId = @TenantId AND c.Id = @CustomerId");
}
