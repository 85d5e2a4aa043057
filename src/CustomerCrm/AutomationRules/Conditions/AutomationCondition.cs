using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CustomerCrm.Platform.Validation;
using CustomerCrm.Segments.Rules;

namespace CustomerCrm.AutomationRules.Conditions;

/// <summary>
/// When a rule fires: a tree of <c>all</c>, <c>any</c> and <c>not</c> over tests of the event's data (<c>event</c>) and of the customer it is about
/// (<c>customer</c>, a rule as segments have them). Nothing is unknown: what is not there equals nothing, and where there is no customer, no test of one holds.
/// </summary>
/// <example>{"all":[{"event":{"pointer":"/total_minor","op":"gte","value":10000}},{"customer":{"field":"country","op":"in","value":["AT","DE"]}}]}</example>
public sealed record AutomationCondition : IValidatableObject
{
    public const int MostTests = 30, DeepestNesting = 5;
    private const int MostParts = 30;

    /// <summary>Every one of these holds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [MinLength(1), MaxLength(MostParts)] public IReadOnlyList<AutomationCondition>? All { get; init; }

    /// <summary>At least one of these holds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [MinLength(1), MaxLength(MostParts)] public IReadOnlyList<AutomationCondition>? Any { get; init; }

    /// <summary>This does not hold.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AutomationCondition? Not { get; init; }

    /// <summary>What the event says.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EventDataTest? Event { get; init; }

    /// <summary>What holds of the customer whom the event is about, at the moment the rule looks.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SegmentRule? Customer { get; init; }

    internal IEnumerable<AutomationCondition> Parts => All ?? Any ?? (Not is null ? [] : [Not]);

    /// <summary>This condition and every one in it, with the pointer to where it stands.</summary>
    internal IEnumerable<(string Pointer, AutomationCondition Condition)> Placed(string pointer) =>
        new[] { (Name: "all", Parts: All), (Name: "any", Parts: Any) }
            .SelectMany(group => (group.Parts ?? []).SelectMany((part, i) => part.Placed($"{pointer}/{group.Name}/{i}")))
            .Concat(Not?.Placed($"{pointer}/not") ?? []).Prepend((pointer, this));

    private int Depth => Parts.Any() ? 1 + Parts.Max(part => part.Depth) : 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        object?[] forms = [All, Any, Not, Event, Customer];
        if (forms.Count(form => form is not null) != 1) yield return new BrokenRule("condition_form_invalid", "A condition is exactly one of: all, any, not, event, customer.");
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
