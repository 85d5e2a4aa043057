using System.Globalization;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.People;
using CustomerCrm.Slas.Ledger;
using CustomerCrm.Tasks;
using CustomerCrm.Teams;
using CustomerCrm.Tickets;
using CustomerCrm.Users;

namespace CustomerCrm.Slas.Alerts;

/// <summary>Does what an escalation says, in the job's transaction, and says what came of it. Whom it names and who is gone is passed over.</summary>
internal sealed class Escalations(TenantDb db, TicketWriter tickets, TaskWriter tasks, EscalationLetters letters, TimeProvider clock)
{
    public async Task<(string Kind, string Outcome)> DoAsync(SlaEscalation step, Ticket ticket, TicketClock of, CancellationToken ct) => step.Do switch
    {
        SlaAction.RaisePriority => ("raise_priority", await RaiseAsync(ticket, ct)),
        SlaAction.Reassign => ("reassign", await ReassignAsync(step, ticket, ct)),
        SlaAction.HandToManager => ("hand_to_manager", await HandAsync(step.Name, ticket, of, ct)),
        _ => ("notify", await NotifyAsync(step.Name, ticket, of, await UserAsync(step.UserId, ct), await TeamAsync(step.TeamId, ct), ct)),
    };

    private async Task<string> RaiseAsync(Ticket ticket, CancellationToken ct)
    {
        if (ticket.Priority == TicketPriority.Urgent) return "It was urgent already.";
        var raised = await tickets.ChangeAsync(ticket.Id, new TicketChange { Priority = new Change<TicketPriority>(ticket.Priority + 1) }, ct);
        return string.Create(CultureInfo.InvariantCulture, $"From {ticket.Priority} to {raised.Priority}.");
    }

    private async Task<string> ReassignAsync(SlaEscalation step, Ticket ticket, CancellationToken ct)
    {
        var (user, team) = (await UserAsync(step.UserId, ct), await TeamAsync(step.TeamId, ct));
        if (user is null && team is null) return "Nobody of those named is there any more.";
        await tickets.ChangeAsync(ticket.Id, new TicketChange { AssigneeId = new Change<Id<User>?>(user?.Id), TeamId = team is null ? default : new Change<Id<Team>?>(team.Id) }, ct);
        return $"To {string.Join(", ", new[] { user?.Name, team?.Name }.OfType<string>())}.";
    }

    private async Task<string> HandAsync(string step, Ticket ticket, TicketClock of, CancellationToken ct)
    {
        var manager = (await db.QueryAsync<Candidate>(Managers, new { TeamId = ticket.TeamId?.ToBytes(), Manager = Role.Manager }, ct))
            .OrderByDescending(c => c.Memberships > 0 && c.Role == Role.Manager).ThenByDescending(c => c.Role).ThenBy(c => c.Load).ThenBy(c => c.Id.Value).FirstOrDefault();
        if (manager is null) return "There is no manager.";
        if (ticket.AssigneeId != manager.Id) await tickets.ChangeAsync(ticket.Id, new TicketChange { AssigneeId = new Change<Id<User>?>(manager.Id) }, ct);
        return await NotifyAsync(step, ticket, of, new Named(manager.Id, manager.Name), null, ct);
    }

    private async Task<string> NotifyAsync(string step, Ticket ticket, TicketClock of, Named? user, NamedTeam? team, CancellationToken ct)
    {
        user ??= team is null ? await UserAsync(ticket.AssigneeId, ct) : null;
        team ??= user is null ? await TeamAsync(ticket.TeamId, ct) : null;
        var title = string.Create(CultureInfo.InvariantCulture, $"{SlaWords.Of(of.Promise)} to ticket #{ticket.Number}: {ticket.Subject.Beginning(200)}");
        await tasks.AddAsync(new TaskDetails
        {
            Title = title,
            Priority = (TaskPriority)ticket.Priority,
            DueAt = clock.GetUtcNow(),
            UserId = user?.Id,
            TeamId = team?.Id,
            CustomerId = ticket.CustomerId,
        }, new TaskSource("sla", of.Terms.PolicyId?.ToString()), ct);
        var told = await letters.PostAsync(step, title, ticket, of, user?.Id, team?.Id, ct);
        var whom = user?.Name ?? (team is null ? "whoever takes it" : $"the team {team.Name}");
        return told switch { 0 => $"A task for {whom}.", 1 => $"A task for {whom}, and a letter.", _ => string.Create(CultureInfo.InvariantCulture, $"A task for {whom}, and {told} letters.") };
    }

    private async Task<Named?> UserAsync(Id<User>? userId, CancellationToken ct) => userId is { } id && await db.FindAsync<string>(NameOfUser, new { UserId = id }, ct) is { } name ? new Named(id, name) : null;

    private async Task<NamedTeam?> TeamAsync(Id<Team>? teamId, CancellationToken ct) => teamId is { } id && await db.FindAsync<string>(NameOfTeam, new { TeamId = id }, ct) is { } name ? new NamedTeam(id, name) : null;

    private sealed record Named(Id<User> Id, string Name);

    private sealed record NamedTeam(Id<Team> Id, string Name);

    private sealed record Candidate
    {
        public required Id<User> Id { get; init; }
        public required string Name { get; init; }
        public required Role Role { get; init; }
        public required int Memberships { get; init; }
        public required int Load { get; init; }
    }

    private static readonly TenantSql NameOfUser = TenantSql.Of("SELECT u.Name FROM Users u WHERE u.TenantId = @TenantId AND u.Id = @UserId");

    private static readonly TenantSql NameOfTeam = TenantSql.Of("SELECT t.Name FROM Teams t WHERE t.TenantId = @TenantId AND t.Id = @TeamId");

    private static readonly TenantSql Managers = TenantSql.Of("""
        SELECT u.Id, u.Name, u.Role,
            (SELECT COUNT(*) FROM TeamMembers m WHERE m.TenantId = u.TenantId AND m.TeamId = @TeamId AND m.UserId = u.Id) AS Memberships,
            (SELECT COUNT(*) FROM Tickets t WHERE t.TenantId = u.TenantId AND t.AssigneeId = u.Id AND t.Category < 3) AS Load
        FROM Users u
        WHERE u.TenantId = @TenantId
          AND u.Role <= @Manager
        """);
}
