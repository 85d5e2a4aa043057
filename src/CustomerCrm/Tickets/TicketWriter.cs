using CustomerCrm.Conversations;
using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tenant;
using CustomerCrm.Tickets.Talking;

namespace CustomerCrm.Tickets;

/// <summary>Writes tickets, in the caller's transaction and in the name of whoever asks for it.</summary>
internal sealed class TicketWriter(
    TenantDb db, ConversationWriter conversations, TicketTurn turn, TicketTargets targets, WantedTicket wishes, TicketTagging tagging, TicketNumbers numbers, TicketRows rows, CustomFieldWriter fieldWriter,
    FieldHistory history, EventLog events, IServiceProvider services, TimeProvider clock)
{
    /// <returns>The ticket; where one has the same source and external id, that one.</returns>
    /// <exception cref="ApiProblem">422: whom or what it names is not there. Then nothing was written.</exception>
    public async Task<Ticket> OpenAsync(NewTicket wanted, CancellationToken ct)
    {
        if (await rows.FindAsync(wanted.Source, wanted.ExternalId, ct) is { } known) return known;
        await CheckAsync(wanted, ct);
        var (category, statusId, statusName) = await targets.StandsAsync(wanted.StatusId is null ? TicketSteps.First(wanted) : wanted.Category, wanted.StatusId, ct);
        var tags = await tagging.FindOrCreateAsync(wanted.Tags, ct);
        var conversationId = await ConversationOfAsync(wanted, ct);
        var now = clock.GetUtcNow();
        var ticket = new Ticket
        {
            Id = Id<Ticket>.New(),
            Number = await numbers.NextAsync(ct),
            Subject = wanted.Subject,
            CustomerId = wanted.CustomerId,
            ConversationId = conversationId,
            Category = category,
            StatusId = statusId,
            StatusName = statusName,
            Type = wanted.Type,
            Priority = wanted.Priority,
            Channel = wanted.Channel,
            Language = LocaleTag.Of(wanted.Language),
            AssigneeId = wanted.AssigneeId,
            TeamId = wanted.TeamId,
            Tags = [.. tags.Select(tag => tag.Name)],
            CustomFields = wanted.CustomFields,
            ReopenCount = 0,
            CustomerRepliedAt = wanted.CustomerRepliedAt ?? (wanted.First is { Author: EntryAuthor.Customer } first ? first.OccurredAt ?? now : null),
            SolvedAt = category >= TicketStatuses.TicketCategory.Solved ? now : null,
            ClosedAt = category == TicketStatuses.TicketCategory.Closed ? now : null,
            FollowsId = wanted.FollowsId,
            Origin = wanted.Origin,
            Source = wanted.Source,
            ExternalId = wanted.ExternalId,
            Revision = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
        try
        {
            await rows.InsertAsync(ticket, ct);
        }
        catch (DuplicateKeyException) when (wanted.ExternalId is not null) // somebody was faster
        {
            return (await rows.FindAsync(wanted.Source, wanted.ExternalId, ct))!;
        }
        await fieldWriter.WriteAsync(CustomFieldResource.Tickets, ticket.Id.Value, CustomFieldValues.None, ticket.CustomFields, ct);
        await tagging.PutAsync(ticket.Id, tags, ct);
        events.Record("ticket.created", ticket, ticket.CustomerId.Value);
        // Before the watchers, who may ask what the customer has written.
        if (wanted.First is not null) await turn.OpeningAsync(wanted.First, () => conversations.AppendAsync(conversationId, wanted.First with { Channel = wanted.First.Channel ?? wanted.Channel }, ct));
        if (!events.IsQuiet)
            foreach (var watcher in Watchers) await watcher.OpenedAsync(ticket, ct);
        return await Ticket.FindAsync(ticket.Id, db, ct);
    }

    /// <returns>As it is now; the same revision if the change changes nothing.</returns>
    /// <exception cref="ApiProblem">404: there is none. 409: it is closed. 422: whom or what the change names is not there. Then nothing was written.</exception>
    public async Task<Ticket> ChangeAsync(Id<Ticket> id, TicketChange change, CancellationToken ct)
    {
        var before = await Ticket.LockAsync(id, db, ct);
        return await SaveAsync(before, await wishes.OfAsync(before, change, ct), TicketMoment.Changed, ct);
    }

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal async Task<int> FindRevisionAsync(Id<Ticket> id, CancellationToken ct) => (await Ticket.LockAsync(id, db, ct)).Revision;

    /// <summary>Stores a ticket that was locked, with all that follows: times, history, events, watchers.</summary>
    /// <exception cref="ApiProblem">409: it is closed, and was to be opened.</exception>
    internal async Task<Ticket> SaveAsync(Ticket before, Ticket wanted, TicketMoment why, CancellationToken ct)
    {
        if (wanted == before) return before;
        var now = clock.GetUtcNow();
        var after = TicketSteps.Settle(before, wanted, now) with { Revision = before.Revision + 1, UpdatedAt = now };
        var added = await tagging.AddedAsync(before.Tags, after.Tags, ct);
        if (!await rows.UpdateAsync(after, ct)) throw ApiProblem.PreconditionFailed();
        await fieldWriter.WriteAsync(CustomFieldResource.Tickets, after.Id.Value, before.CustomFields, after.CustomFields, ct);
        await tagging.PutAsync(after.Id, added, ct);
        await tagging.TakeAsync(after.Id, before.Tags, after.Tags, ct);

        var differences = FieldDifferences.Between(before, after);
        await history.RecordAsync(after.Id, after.CustomerId.Value, after.Revision, differences, ct);
        if (differences.Count > 0)
            foreach (var type in TicketSteps.EventsBetween(before, after)) events.Record(type, new ChangedTicket(after, differences), after.CustomerId.Value);
        if (!events.IsQuiet)
            foreach (var watcher in Watchers) await watcher.ChangedAsync(before, after, why, ct);
        return after;
    }

    /// <summary>Answers in public, or notes something for the tenant's own people, where the ticket is talked about.</summary>
    /// <exception cref="ApiProblem">404: there is none. 409: it is closed, or went into another ticket, or the channel's window is closed. 422: what is said cannot be said there.</exception>
    public async Task<ConversationEntry> ReplyAsync(Id<Ticket> id, NewEntry entry, CancellationToken ct)
    {
        // Not locked yet: whoever writes to a conversation holds that first, and its ticket behind it.
        var ticket = await Ticket.FindAsync(id, db, ct);
        if (entry.Kind == EntryKind.Message && ticket.MergedIntoId is { } into) throw TicketSteps.Merged(into);
        if (entry.Kind == EntryKind.Message && ticket.Category == TicketStatuses.TicketCategory.Closed) throw TicketSteps.Closed();
        return await conversations.AppendAsync(await TalkedAboutAsync(ticket, entry.Kind, ct), entry, ct);
    }

    /// <summary>The customer has written: it is taken up again, if it was not being worked at.</summary>
    internal async Task HeardAsync(Id<Ticket> id, ConversationEntry entry, CancellationToken ct)
    {
        var before = await Ticket.LockAsync(id, db, ct);
        var after = await SaveAsync(before, await wishes.LabelledAsync(before, TicketTalk.AfterCustomer(before, entry.OccurredAt), ct), TicketMoment.CustomerReplied, ct);
        events.Record("ticket.customer_replied", new RepliedTicket(after, entry.Id), after.CustomerId.Value);
    }

    /// <summary>The customer was answered in public.</summary>
    internal async Task AnsweredAsync(Id<Ticket> id, ConversationEntry entry, CancellationToken ct)
    {
        var before = await Ticket.LockAsync(id, db, ct);
        var after = await SaveAsync(before, await wishes.LabelledAsync(before, TicketTalk.AfterAgent(before, entry.OccurredAt), ct), TicketMoment.AgentReplied, ct);
        events.Record("ticket.replied", new RepliedTicket(after, entry.Id), after.CustomerId.Value);
    }

    // What is said to the customer does not go to somebody else, who had the ticket before.
    private async Task<Id<Conversation>> TalkedAboutAsync(Ticket ticket, EntryKind kind, CancellationToken ct)
    {
        if (ticket.ConversationId is { } known && (kind != EntryKind.Message || await targets.HasConversationAsync(known, ticket.CustomerId, ct))) return known;
        var begun = await conversations.StartAsync(new NewConversation { CustomerId = ticket.CustomerId, Channel = ticket.Channel, Subject = ticket.Subject }, ct);
        var before = await Ticket.LockAsync(ticket.Id, db, ct);
        await SaveAsync(before, before with { ConversationId = begun.Id }, TicketMoment.Changed, ct);
        return begun.Id;
    }

    private async Task<Id<Conversation>> ConversationOfAsync(NewTicket wanted, CancellationToken ct) => wanted.ConversationId
        ?? (await conversations.StartAsync(new NewConversation { CustomerId = wanted.CustomerId, Channel = wanted.Channel, Subject = wanted.Subject }, ct)).Id;

    private async Task CheckAsync(NewTicket wanted, CancellationToken ct)
    {
        var errors = new List<FieldError>(await targets.WrongAsync(wanted.AssigneeId, wanted.TeamId, ct));
        if (!await targets.HasCustomerAsync(wanted.CustomerId, ct)) errors.Add(new("/customer_id", "unknown_customer", "There is no such customer."));
        if (wanted.ConversationId is { } conversation && !await targets.HasConversationAsync(conversation, wanted.CustomerId, ct)) errors.Add(new("/conversation_id", "unknown_conversation", "The customer has no such conversation."));
        if (wanted.FollowsId is { } follows && !await targets.HasTicketAsync(follows, ct)) errors.Add(new("/follows_id", "unknown_ticket", "There is no such ticket."));
        if (errors.Count > 0) throw ApiProblem.Invalid(errors);
    }

    // Asked for late: a watcher changes tickets by this writer.
    private IEnumerable<ITicketWatcher> Watchers => services.GetServices<ITicketWatcher>();
}
