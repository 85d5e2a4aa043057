using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CustomerCrm.Platform.Validation;
using CustomerCrm.Segments.Rules;

namespace CustomerCrm.Tickets.Conditions;

/// <summary>
/// Which tickets: a tree of <c>all</c>, <c>any</c> and <c>not</c> over tests of the ticket (<c>ticket</c>) and of its customer
/// (<c>customer</c>, a rule as segments have them). Nothing is unknown: what is not there equals nothing.
/// </summary>
/// <example>{"all":[{"ticket":{"field":"priority","op":"in","value":["high","urgent"]}},{"customer":{"field":"cltv_minor","op":"gte","value":50000}}]}</example>
public sealed record TicketCondition : IValidatableObject
{
    public const int MostTests = 30, DeepestNesting = 5;
    private const int MostParts = 30;

    /// <summary>Every one of these holds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [MinLength(1), MaxLength(MostParts)] public IReadOnlyList<TicketCondition>? All { get; init; }

    /// <summary>At least one of these holds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [MinLength(1), MaxLength(MostParts)] public IReadOnlyList<TicketCondition>? Any { get; init; }

    /// <summary>This does not hold.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TicketCondition? Not { get; init; }

    /// <summary>What holds of the ticket.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TicketTest? Ticket { get; init; }

    /// <summary>What holds of the customer, at the moment it is asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SegmentRule? Customer { get; init; }

    internal IEnumerable<TicketCondition> Parts => All ?? Any ?? (Not is null ? [] : [Not]);

    /// <summary>This condition and every one in it, with the pointer to where it stands.</summary>
    internal IEnumerable<(string Pointer, TicketCondition Condition)> Placed(string pointer) =>
        new[] { (Name: "all", Parts: All), (Name: "any", Parts: Any) }
            .SelectMany(group => (group.Parts ?? []).SelectMany((part, i) => part.Placed($"{pointer}/{group.Name}/{i}")))
            .Concat(Not?.Placed($"{pointer}/not") ?? []).Prepend((pointer, this));

    private int Depth => Parts.Any() ? 1 + Parts.Max(part => part.Depth) : 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        object?[] forms = [All, Any, Not, Ticket, Customer];
        if (forms.Count(form => form is not null) != 1) yield return new BrokenRule("condition_form_invalid", "A condition is exactly one of: all, any, not, ticket, customer.");
        if (Customer?.WrongWhole(nameof(Customer)) is { } wrong) yield return wrong;
        foreach (var (name, parts) in new[] { (nameof(All), All), (nameof(Any), Any) })
            for (var i = 0; i < parts?.Count; i++)
                if (parts[i] is null) yield return new BrokenRule("required", "A condition is required.", $"{name}[{i}]");
    }

    /// <summary>What is wrong with the tree as a whole. Asked of the root, when every condition in it is right.</summary>
    internal ValidationResult? WrongWhole(string member) =>
        Depth > DeepestNesting ? new BrokenRule("too_deep", $"Conditions may be nested {DeepestNesting} deep.", member)
        : Placed("").Count(placed => !placed.Condition.Parts.Any()) > MostTests ? new BrokenRule("too_many", $"At most {MostTests} tests.", member)
        : null;
}
