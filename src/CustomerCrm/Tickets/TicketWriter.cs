using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Tickets;

/// <summary>Writes tickets, in the caller's transaction and in the name of whoever asks for it.</summary>
internal sealed class TicketWriter(
    TenantDb db, TicketTargets targets, TicketTagging tagging, TicketNumbers numbers, TicketRows rows, CustomFieldReader fieldReader, CustomFieldWriter fieldWriter,
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
        var now = clock.GetUtcNow();
        var ticket = new Ticket
        {
            Id = Id<Ticket>.New(),
            Number = await numbers.NextAsync(ct),
            Subject = wanted.Subject,
            CustomerId = wanted.CustomerId,
            Category = category,
            StatusId = statusId,
            StatusName = statusName,
            Type = wanted.Type,
            Priority = wanted.Priority,
            Channel = wanted.Channel,
            Language = wanted.Language,
            AssigneeId = wanted.AssigneeId,
            TeamId = wanted.TeamId,
            Tags = [.. tags.Select(tag => tag.Name)],
            CustomFields = wanted.CustomFields,
            ReopenCount = 0,
            CustomerRepliedAt = wanted.CustomerRepliedAt,
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
        if (!events.IsQuiet)
            foreach (var watcher in Watchers) await watcher.OpenedAsync(ticket, ct);
        return await Ticket.FindAsync(ticket.Id, db, ct);
    }

    /// <returns>As it is now; the same revision if the change changes nothing.</returns>
    /// <exception cref="ApiProblem">404: there is none. 409: it is closed. 422: whom or what the change names is not there. Then nothing was written.</exception>
    public async Task<Ticket> ChangeAsync(Id<Ticket> id, TicketChange change, CancellationToken ct)
    {
        var before = await Ticket.LockAsync(id, db, ct);
        return await SaveAsync(before, await WithAsync(before, change, ct), TicketMoment.Changed, ct);
    }

    /// <summary>What a ticket would be with a change; nothing is written but tags that are not there yet.</summary>
    /// <exception cref="ApiProblem">409: it is closed. 422: whom or what the change names is not there.</exception>
    public async Task<Ticket> WithAsync(Ticket before, TicketChange change, CancellationToken ct)
    {
        var errors = new List<FieldError>(await targets.WrongAsync(change.AssigneeId.Or(null), change.TeamId.Or(null), ct));
        if (change.CustomerId.IsSet && !await targets.HasCustomerAsync(change.CustomerId.Value, ct)) errors.Add(new("/customer_id", "unknown_customer", "There is no such customer."));
        if (errors.Count > 0) throw ApiProblem.Invalid(errors);

        var after = before with
        {
            Subject = change.Subject.Or(before.Subject)!,
            Category = change.Category.Or(before.Category),
            Type = change.Type.Or(before.Type),
            Priority = change.Priority.Or(before.Priority),
            CustomerId = change.CustomerId.Or(before.CustomerId),
            AssigneeId = change.AssigneeId.Or(before.AssigneeId),
            TeamId = change.TeamId.Or(before.TeamId),
            Language = change.Language.Or(before.Language),
            TopicId = change.TopicId.Or(before.TopicId),
            Tags = TicketTagging.With(before.Tags, change),
            CustomFields = await fieldReader.ReadAsync(CustomFieldResource.Tickets, change.CustomFields, before.CustomFields, "", ct),
        };
        if (!change.Category.IsSet && change.StatusId is not { IsSet: true, Value: not null }) after = TicketSteps.Taken(before, after);
        if (change.StatusId is { IsSet: true, Value: { } label })
        {
            var stands = await targets.StandsAsync(change.Category.IsSet ? change.Category.Value : null, label, ct);
            return after with { Category = stands.Category, StatusId = stands.StatusId, StatusName = stands.Name };
        }
        if (change.StatusId.IsSet) return after with { StatusId = null, StatusName = null };
        return await LabelledAsync(before, after, ct);
    }

    /// <summary>Stores a ticket that was locked, with all that follows: times, history, events, watchers.</summary>
    /// <exception cref="ApiProblem">409: it is closed, and was to be opened.</exception>
    internal async Task<Ticket> SaveAsync(Ticket before, Ticket wanted, TicketMoment why, CancellationToken ct)
    {
        if (wanted == before) return before;
        var now = clock.GetUtcNow();
        var after = TicketSteps.Settle(before, wanted, now) with { Revision = before.Revision + 1, UpdatedAt = now };
        if (!await rows.UpdateAsync(after, ct)) throw ApiProblem.PreconditionFailed();
        await fieldWriter.WriteAsync(CustomFieldResource.Tickets, after.Id.Value, before.CustomFields, after.CustomFields, ct);
        await tagging.ChangeAsync(after.Id, before.Tags, after.Tags, ct);

        var differences = FieldDifferences.Between(before, after);
        await history.RecordAsync(after.Id, after.CustomerId.Value, after.Revision, differences, ct);
        if (differences.Count > 0)
            foreach (var type in TicketSteps.EventsBetween(before, after)) events.Record(type, new ChangedTicket(after, differences), after.CustomerId.Value);
        if (!events.IsQuiet)
            foreach (var watcher in Watchers) await watcher.ChangedAsync(before, after, why, ct);
        return after;
    }

    /// <summary>In another category, with that one's own label.</summary>
    internal async Task<Ticket> LabelledAsync(Ticket before, Ticket after, CancellationToken ct)
    {
        if (before.Category == after.Category) return after;
        var (_, statusId, name) = await targets.StandsAsync(after.Category, null, ct);
        return after with { StatusId = statusId, StatusName = name };
    }

    private async Task CheckAsync(NewTicket wanted, CancellationToken ct)
    {
        var errors = new List<FieldError>(await targets.WrongAsync(wanted.AssigneeId, wanted.TeamId, ct));
        if (!await targets.HasCustomerAsync(wanted.CustomerId, ct)) errors.Add(new("/customer_id", "unknown_customer", "There is no such customer."));
        if (wanted.FollowsId is { } follows && !await targets.HasTicketAsync(follows, ct)) errors.Add(new("/follows_id", "unknown_ticket", "There is no such ticket."));
        if (errors.Count > 0) throw ApiProblem.Invalid(errors);
    }

    // Asked for late: a watcher changes tickets by this writer.
    private IEnumerable<ITicketWatcher> Watchers => services.GetServices<ITicketWatcher>();
}
