using CustomerCrm.Conversations;
using CustomerCrm.Customers;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Json;
using CustomerCrm.Slas;
using CustomerCrm.Teams;
using CustomerCrm.Tickets;
using CustomerCrm.Users;

namespace CustomerCrm.Demo.Service;

/// <summary>
/// Lets a ticket of the demo be lived through: by the writers that the API has, each step at its own moment and in the name of who did it, all in one transaction. History
/// starts nothing, so nothing is sent; what is promised of it is counted all the same, for it is the past that reports and ledgers are about.
/// </summary>
internal sealed class DemoDesk(TenantDb db, DemoClock clock, TicketRows rows, TicketWriter tickets, ConversationWriter conversations, SlaWatcher promises, EventLog events, Caller caller)
{
    private const string Source = "demo_desk";

    public async Task<Ticket> LiveAsync(DemoLife life, string externalId, DemoCustomer customer, IReadOnlyList<DemoAgent> agents, Id<Team> teamId, CancellationToken ct)
    {
        events.IsQuiet = true;
        Ticket? lived = null;
        await db.InTransactionAsync(async () =>
        {
            if (await rows.FindAsync(Source, externalId, ct) is { } before)
            {
                lived = before; // by a start before this one, and to its end
                return;
            }
            var agent = agents[life.Agent];
            clock.Be(life.OpenedAt);
            caller.ActAs(Actor.Program);
            var opened = await tickets.OpenAsync(new NewTicket
            {
                CustomerId = customer.Id, Subject = life.Subject, Type = life.Type, Priority = life.Priority, Channel = life.Channel, TeamId = teamId, Tags = [life.Tag], Language = "en-US",
                CustomerRepliedAt = life.OpenedAt, Origin = new TicketOrigin("message", null), Source = Source, ExternalId = externalId,
                First = new NewEntry { Author = EntryAuthor.Customer, Text = life.Text, Subject = life.Channel == InteractionChannel.Email ? life.Subject : null, From = life.Channel == InteractionChannel.Email ? customer.Email : null, OccurredAt = life.OpenedAt },
            }, ct);
            await promises.OpenedAsync(opened, ct);
            foreach (var step in life.Steps) await TakeAsync(opened.Id, step, agent, customer, ct);
            lived = await Ticket.FindAsync(opened.Id, db, ct);
        }, ct);
        clock.Be(null);
        return lived!;
    }

    private async Task TakeAsync(Id<Ticket> id, DemoStep step, DemoAgent agent, DemoCustomer customer, CancellationToken ct)
    {
        clock.Be(step.At);
        caller.ActAs(step.Does == DemoDeed.CustomerWrites ? Actor.Program : new Actor(ActorKind.User, agent.Id.ToString(), agent.Name));
        var before = await Ticket.FindAsync(id, db, ct);
        if (step.Does == DemoDeed.Move)
        {
            if (before.Category == step.Category) return;
            await FollowAsync(before, await tickets.ChangeAsync(id, new TicketChange { Category = new Change<TicketStatuses.TicketCategory>(step.Category) }, ct), TicketMoment.Changed, ct);
            return;
        }
        var entry = await conversations.AppendAsync(before.ConversationId!.Value, step.Does switch
        {
            DemoDeed.CustomerWrites => new NewEntry { Author = EntryAuthor.Customer, Text = step.Text, Channel = before.Channel, OccurredAt = step.At },
            DemoDeed.Note => new NewEntry { Kind = Conversations.EntryKind.Note, Author = EntryAuthor.Agent, AuthorId = agent.Id, AuthorName = agent.Name, Text = step.Text, OccurredAt = step.At },
            _ => new NewEntry
            {
                Author = EntryAuthor.Agent, AuthorId = agent.Id, AuthorName = agent.Name, Channel = before.Channel, OccurredAt = step.At,
                Text = string.Format(System.Globalization.CultureInfo.InvariantCulture, step.Text, customer.FirstName) + $"\n\nBest from the roastery\n{agent.Name}",
            },
        }, ct);
        if (step.Does == DemoDeed.Note) return;
        if (step.Does == DemoDeed.Answer && before.AssigneeId is null)
        {
            var taken = await tickets.ChangeAsync(id, new TicketChange { AssigneeId = new Change<Id<User>?>(agent.Id) }, ct);
            await FollowAsync(before, taken, TicketMoment.Changed, ct);
            before = taken;
        }
        if (step.Does == DemoDeed.Answer) await tickets.AnsweredAsync(id, entry, ct);
        else await tickets.HeardAsync(id, entry, ct);
        await FollowAsync(before, await Ticket.FindAsync(id, db, ct), step.Does == DemoDeed.Answer ? TicketMoment.AgentReplied : TicketMoment.CustomerReplied, ct);
    }

    private Task FollowAsync(Ticket before, Ticket after, TicketMoment why, CancellationToken ct) => promises.ChangedAsync(before, after, why, ct);
}

/// <summary>Who writes.</summary>
internal sealed record DemoCustomer(Id<Customer> Id, string FirstName, string? Email);

/// <summary>Who answers.</summary>
internal sealed record DemoAgent(Id<User> Id, string Name);
