using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.AutomationRules.Conditions;
using CustomerCrm.Tenant;

namespace CustomerCrm.Tickets.Conditions;

/// <summary>A question to a ticket.</summary>
/// <example>{"field":"priority","op":"in","value":["high","urgent"]}</example>
public sealed record TicketTest : IValidatableObject
{
    /// <summary>
    /// <c>priority</c>, <c>type</c>, <c>category</c>, <c>channel</c>, <c>language</c>, <c>subject</c>, <c>text</c> (subject and what the customer wrote first), <c>words</c> (those of the text, in
    /// lower case: <c>contains</c> finds whole words), <c>tags</c>, <c>team_id</c>, <c>assignee_id</c>, <c>last_agent_id</c> (of the customer's ticket before), <c>topic</c> (its name),
    /// <c>reopen_count</c>, <c>follows_id</c>, <c>origin</c>, <c>source</c>, <c>custom_fields.</c> and the name of one, or what the installation adds.
    /// </summary>
    [StringLength(100, MinimumLength = 1)] public required string Field { get; init; }

    public required EventDataOp Op { get; init; }

    /// <summary>With what it is compared: a list for <c>in</c> and <c>not_in</c>, true or false for <c>is_set</c>.</summary>
    [Required] public JsonElement? Value { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext context) => Question.Validate(context);

    /// <summary>Pure.</summary>
    /// <param name="facts">By field.</param>
    internal (JsonElement? Seen, bool Holds) Ask(JsonElement facts) => Question.Ask(facts);

    // One grammar of comparing for all that is asked of JSON. A custom field lies in an object of its own.
    private EventDataTest Question => new() { Pointer = $"/{Field.Replace('.', '/')}", Op = Op, Value = Value is { } value ? AsKept(value) : null };

    // The words are kept in lower case, a language as its tag is written.
    private JsonElement AsKept(JsonElement value) => (Field, value.ValueKind) switch
    {
        (TicketFacts.Words, JsonValueKind.String) => JsonSerializer.SerializeToElement(value.GetString()!.ToLowerInvariant()),
        (TicketFacts.Language, JsonValueKind.String) => JsonSerializer.SerializeToElement(LocaleTag.Of(value.GetString())),
        (TicketFacts.Language, JsonValueKind.Array) => JsonSerializer.SerializeToElement(value.EnumerateArray().Select(AsKept)),
        _ => value,
    };
}
