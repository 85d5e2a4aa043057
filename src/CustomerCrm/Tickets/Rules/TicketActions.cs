using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.AutomationRules.Actions;
using CustomerCrm.Conversations;
using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tags;
using CustomerCrm.Teams;
using CustomerCrm.Users;

namespace CustomerCrm.Tickets.Rules;

/// <summary>Opens a ticket for the event's customer.</summary>
internal sealed class CreateTicketAction(TicketWriter tickets, TicketTargets targets, CustomFieldReader fields) : RuleAction<CreateTicketAction.Arguments>
{
    private const int LongestSubject = 500, LongestNote = 20_000;

    public new sealed record Arguments
    {
        [StringLength(500, MinimumLength = 1)] public required string Subject { get; init; }

        /// <summary>For whoever takes it.</summary>
        [StringLength(10_000, MinimumLength = 1)] public string? Note { get; init; }

        public TicketType Type { get; init; } = TicketType.Task;
        public TicketPriority Priority { get; init; } = TicketPriority.Normal;
        public Id<User>? AssigneeId { get; init; }
        public Id<Team>? TeamId { get; init; }
        [MaxLength(TagBook.MostOnOne), TagName] public IReadOnlyList<string> Tags { get; init; } = [];
        [MaxLength(200)] public IReadOnlyDictionary<string, JsonElement>? CustomFields { get; init; }
    }

    public override string Name => "create_ticket";
    public override string Description => "Opens a ticket for the event's customer. subject and note may hold places of the event's data: {{/order_number}}.";
    public override object Example => new Arguments { Subject = "Order {{/order_number}} was cancelled", Priority = TicketPriority.High, Tags = ["cancelled"] };

    protected override async Task<IReadOnlyList<FieldError>> MissingAsync(Arguments with, CancellationToken ct)
    {
        var errors = new List<FieldError>(await targets.WrongAsync(with.AssigneeId, with.TeamId, ct));
        try
        {
            await ReadAsync(with, ct);
        }
        catch (ApiProblem problem) when (problem.Errors.Count > 0)
        {
            errors.AddRange(problem.Errors);
        }
        return errors;
    }

    protected override async Task<ActionResult> RunAsync(Arguments with, FiringContext firing, CancellationToken ct)
    {
        var ticket = await tickets.OpenAsync(new NewTicket
        {
            CustomerId = firing.Customer,
            Subject = FilledText.Of(with.Subject, firing.Data, LongestSubject, firing.Rule.Name),
            First = with.Note is null ? null : new NewEntry { Kind = Conversations.EntryKind.Note, Author = EntryAuthor.System, Text = FilledText.Of(with.Note, firing.Data, LongestNote, firing.Rule.Name) },
            Type = with.Type,
            Priority = with.Priority,
            AssigneeId = with.AssigneeId,
            TeamId = with.TeamId,
            Tags = with.Tags,
            CustomFields = await ReadAsync(with, ct),
            Origin = new TicketOrigin("automation_rule", firing.Rule.Id.ToString()),
        }, ct);
        return Done("ticket", ticket.Id.ToString());
    }

    private ValueTask<CustomFieldValues> ReadAsync(Arguments with, CancellationToken ct) =>
        fields.ReadAsync(CustomFieldResource.Tickets, with.CustomFields is null ? default : new Change<IReadOnlyDictionary<string, JsonElement>>(with.CustomFields), CustomFieldValues.None, "", ct);
}

/// <summary>Changes the ticket that the event is about.</summary>
internal sealed class ChangeTicketAction(TicketWriter tickets, TicketTargets targets) : RuleAction<TicketChange>
{
    public override string Name => "change_ticket";
    public override string Description => "Changes the ticket that the event is about: where it stands, its priority, who is at it, its queue, tags and fields.";
    public override object Example => new TicketChange { Priority = new(TicketPriority.Urgent), AddTags = ["escalated"] };

    protected override async Task<IReadOnlyList<FieldError>> MissingAsync(TicketChange with, CancellationToken ct)
    {
        var errors = new List<FieldError>(await targets.WrongAsync(with.AssigneeId.Or(null), with.TeamId.Or(null), ct));
        if (with.CustomerId.IsSet && !await targets.HasCustomerAsync(with.CustomerId.Value, ct)) errors.Add(new("/customer_id", "unknown_customer", "There is no such customer."));
        return errors;
    }

    protected override async Task<ActionResult> RunAsync(TicketChange with, FiringContext firing, CancellationToken ct)
    {
        var id = TicketOf(firing.Data) ?? throw ApiProblem.Conflict("no_ticket", "The event is about no ticket.");
        var (before, after) = (await tickets.FindRevisionAsync(id, ct), await tickets.ChangeAsync(id, with, ct));
        return before == after.Revision ? Unchanged("ticket", id.ToString()) : Done("ticket", id.ToString());
    }

    // The ticket itself, or what speaks of one: a link, a survey's answer.
    private static Id<Ticket>? TicketOf(JsonElement data)
    {
        foreach (var member in new[] { "id", "ticket_id" })
            if (data.ValueKind == JsonValueKind.Object && data.TryGetProperty(member, out var text) && text.ValueKind == JsonValueKind.String && Id<Ticket>.TryRead(text.GetString(), out var id)) return id;
        return null;
    }
}
