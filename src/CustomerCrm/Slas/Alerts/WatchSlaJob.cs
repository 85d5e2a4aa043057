using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Slas.Ledger;
using CustomerCrm.Tickets;

namespace CustomerCrm.Slas.Alerts;

/// <summary>Look whether a clock of this ticket has come so far that something is to be done.</summary>
public sealed record WatchSla(Id<Ticket> TicketId);

/// <summary>Each thing that is due is done in one transaction with the row that says so, with the ticket held: a second run, at the same time or later, finds it done.</summary>
internal sealed class WatchSlaJob(TenantDb db, SlaLedger ledger, AlertBook alerts, Escalations escalations, Caller caller) : IJob<WatchSla>
{
    // More than a policy can have of things to do: who needs more goes round in a circle.
    private const int Most = 100;

    public async Task RunAsync(WatchSla work, CancellationToken ct)
    {
        for (var i = 0; i < Most && await DoOneAsync(work.TicketId, ct); i++) ct.ThrowIfCancellationRequested();
    }

    private async Task<bool> DoOneAsync(Id<Ticket> ticketId, CancellationToken ct)
    {
        var isMore = false;
        await db.InTransactionAsync(async () =>
        {
            if (await FindAsync(ticketId, ct) is not { } ticket) return;
            var clocks = await ledger.ReadAsync(ticketId, ct);
            if (await alerts.NextDueAsync(ticket, clocks, ct) is not var (of, alert))
            {
                await alerts.LookAgainAsync(ticket, clocks, ct);
                return;
            }
            caller.ActAs(new Actor(ActorKind.Job, of.Terms.PolicyId?.ToString(), of.Terms.PolicyName ?? "SLA"));
            var (kind, outcome) = alert.Escalation is { } step ? await escalations.DoAsync(step, ticket, of, ct) : (alert.Name, alert.Name == AlertPlan.Breach ? "It is late." : "It will soon be late.");
            await alerts.TellAsync(ticket, of, alert.Name, kind, outcome, ct);
            await ledger.SettleAsync(ticketId, (await ledger.ReadAsync(ticketId, ct)).First(c => (c.Promise, c.Cycle) == (of.Promise, of.Cycle)), ct);
            isMore = true;
        }, ct);
        return isMore;
    }

    private async Task<Ticket?> FindAsync(Id<Ticket> ticketId, CancellationToken ct)
    {
        try
        {
            return await Ticket.LockAsync(ticketId, db, ct);
        }
        catch (ApiProblem gone) when (gone.Status == 404)
        {
            return null;
        }
    }
}
