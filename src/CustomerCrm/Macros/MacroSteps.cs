using System.Globalization;
using System.Text.Json;
using CustomerCrm.CannedResponses;
using CustomerCrm.Conversations;
using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tickets;
using CustomerCrm.Tickets.Talking;
using CustomerCrm.Users;
using EntryKind = CustomerCrm.Conversations.EntryKind;

namespace CustomerCrm.Macros;

/// <summary>Takes the steps of a macro, or says what they would do; and checks them before anybody does either.</summary>
internal sealed class MacroSteps(TenantDb db, TicketWriter tickets, WantedTicket wishes, TicketTargets targets, CannedResponseBook responses, TicketMerge merge, CustomFieldReader fields, Caller caller)
{
    private static readonly IReadOnlyDictionary<string, string> noDefaults = new Dictionary<string, string>();

    /// <exception cref="ApiProblem">422: a step names what is not there, or has a text with a hole.</exception>
    public async Task CheckAsync(IReadOnlyList<MacroAction> actions, CancellationToken ct)
    {
        var errors = new List<FieldError>();
        foreach (var (index, action) in actions.Index())
        {
            var pointer = string.Create(CultureInfo.InvariantCulture, $"/actions/{index}");
            try
            {
                await CheckAsync(action, ct);
            }
            catch (ApiProblem problem) when (problem.Errors.Count > 0)
            {
                errors.AddRange(problem.Errors.Select(error => error with { Pointer = $"{pointer}{(action.Do == MacroVerb.Change ? "/change" : "")}{error.Pointer}" }));
            }
        }
        if (errors.Count > 0) throw ApiProblem.Invalid(errors);
    }

    /// <summary>What a step would do to a ticket, and the ticket as it would be. Nothing is written.</summary>
    public async Task<(MacroStep Step, Ticket Ticket)> PreviewAsync(Ticket ticket, MacroAction action, CancellationToken ct)
    {
        // Who answers has begun with it, as the answer itself would have it.
        if (TextStep(action)) return (new MacroStep { Do = action.Do!.Value, Text = await TextAsync(action, ticket, ct) }, action.Do == MacroVerb.Reply ? TicketTalk.AfterAgent(ticket, ticket.UpdatedAt) : ticket);
        var after = TicketSteps.Settle(ticket, await wishes.OfAsync(ticket, ChangeOf(action), ct), ticket.UpdatedAt);
        return (StepOf(action, ticket, after), after);
    }

    /// <summary>Takes a step.</summary>
    public async Task<(MacroStep Step, Ticket Ticket)> TakeAsync(Ticket ticket, MacroAction action, CancellationToken ct)
    {
        if (!TextStep(action))
        {
            var changed = await tickets.ChangeAsync(ticket.Id, ChangeOf(action), ct);
            return (StepOf(action, ticket, changed), changed);
        }
        var entry = await tickets.ReplyAsync(ticket.Id, new NewEntry
        {
            Kind = action.Do == MacroVerb.Note ? EntryKind.Note : EntryKind.Message, Author = EntryAuthor.Agent, Text = await TextAsync(action, ticket, ct),
        }, ct);
        return (new MacroStep { Do = action.Do!.Value, Text = entry.Text, EntryId = entry.Id }, await Ticket.FindAsync(ticket.Id, db, ct));
    }

    private async Task CheckAsync(MacroAction action, CancellationToken ct)
    {
        if (action.CannedResponseId is { } response && await responses.LookUpAsync(response, ct) is null) throw ApiProblem.Invalid("/canned_response_id", "unknown_canned_response", "There is no such canned response that you may use.");
        if (action.Text is { } text) await merge.CheckAsync("/text", text, noDefaults, ct);
        if (action.Change is not { } change) return;
        if (await targets.WrongAsync(change.AssigneeId.Or(null), change.TeamId.Or(null), ct) is { Count: > 0 } wrong) throw ApiProblem.Invalid(wrong);
        if (change.CustomerId.IsSet && !await targets.HasCustomerAsync(change.CustomerId.Value, ct)) throw ApiProblem.Invalid("/customer_id", "unknown_customer", "There is no such customer.");
        if (change.TopicId is { IsSet: true, Value: { } topic } && !await targets.HasTopicAsync(topic, ct)) throw ApiProblem.Invalid("/topic_id", "unknown_topic", "There is no such topic.");
        if (change.StatusId is { IsSet: true, Value: { } status }) await targets.StandsAsync(change.Category.IsSet ? change.Category.Value : null, status, ct);
        await fields.ReadAsync(CustomFieldResource.Tickets, change.CustomFields, CustomFieldValues.None, "", ct);
    }

    private async Task<string> TextAsync(MacroAction action, Ticket ticket, CancellationToken ct)
    {
        if (action.Text is { } text) return await merge.WriteAsync(text, noDefaults, ticket, ct);
        var response = await responses.LookUpAsync(action.CannedResponseId!.Value, ct) ?? throw ApiProblem.Conflict("canned_response_gone", "The canned response of a step is gone, or is not for whoever applies the macro.");
        return await merge.WriteAsync(response.Body, response.Defaults, ticket, ct);
    }

    private TicketChange ChangeOf(MacroAction action) => action.Do == MacroVerb.AssignToMe
        ? new TicketChange { AssigneeId = new(caller.User is { } user ? new Id<User>(user.UserId) : throw ApiProblem.Conflict("person_only", "The macro gives the ticket to whoever applies it, and a key is nobody.")) }
        : action.Change!;

    private static bool TextStep(MacroAction action) => action.Do is MacroVerb.Reply or MacroVerb.Note;

    private static MacroStep StepOf(MacroAction action, Ticket before, Ticket after) => new()
    {
        Do = action.Do!.Value,
        Changes = [.. FieldDifferences.Between(before, after).Select(d => new TicketDifference(d.Field, Read(d.From), Read(d.To)))],
    };

    private static JsonElement? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<JsonElement>(json, StrictJson.Options);
}

/// <summary>What a step has done, or would do.</summary>
public sealed record MacroStep
{
    public required MacroVerb Do { get; init; }

    /// <summary>Of a reply or a note: what is said, with every field filled.</summary>
    public string? Text { get; init; }

    /// <summary>Of a reply or a note that was written: which entry of the conversation.</summary>
    public Id<ConversationEntry>? EntryId { get; init; }

    /// <summary>Of a change: each field that is different; none where it was so already.</summary>
    public IReadOnlyList<TicketDifference> Changes { get; init; } = [];
}
