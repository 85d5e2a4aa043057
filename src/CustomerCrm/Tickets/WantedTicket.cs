using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tenant;

namespace CustomerCrm.Tickets;

/// <summary>What a ticket would be with a change. Nothing is written.</summary>
internal sealed class WantedTicket(TicketTargets targets, CustomFieldReader fields)
{
    /// <exception cref="ApiProblem">422: whom or what the change names is not there.</exception>
    public async Task<Ticket> OfAsync(Ticket before, TicketChange change, CancellationToken ct)
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
            Language = change.Language.IsSet ? LocaleTag.Of(change.Language.Value) : before.Language,
            TopicId = change.TopicId.Or(before.TopicId),
            Tags = TicketTagging.With(before.Tags, change),
            CustomFields = await fields.ReadAsync(CustomFieldResource.Tickets, change.CustomFields, before.CustomFields, "", ct),
        };
        if (!change.Category.IsSet && change.StatusId is not { IsSet: true, Value: not null }) after = TicketSteps.Taken(before, after);
        if (change.StatusId is { IsSet: true, Value: { } label })
        {
            var stands = await targets.StandsAsync(change.Category.IsSet ? change.Category.Value : null, label, ct);
            return after with { Category = stands.Category, StatusId = stands.StatusId, StatusName = stands.Name };
        }
        return change.StatusId.IsSet ? after with { StatusId = null, StatusName = null } : await LabelledAsync(before, after, ct);
    }

    /// <summary>In another category, with that one's own label.</summary>
    public async Task<Ticket> LabelledAsync(Ticket before, Ticket after, CancellationToken ct)
    {
        if (before.Category == after.Category) return after;
        var (_, statusId, name) = await targets.StandsAsync(after.Category, null, ct);
        return after with { StatusId = statusId, StatusName = name };
    }
}
