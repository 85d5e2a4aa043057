using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Segments.Rules;

/// <summary>A tree of <c>all</c>, <c>any</c> and <c>not</c> over tests of a customer and of something else, which each kind of condition adds.</summary>
public abstract record ConditionTree<TCondition> : IValidatableObject where TCondition : ConditionTree<TCondition>
{
    private const int MostParts = 30, MostTests = 30, DeepestNesting = 5;

    /// <summary>Every one of these holds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [MinLength(1), MaxLength(MostParts)] public IReadOnlyList<TCondition>? All { get; init; }

    /// <summary>At least one of these holds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [MinLength(1), MaxLength(MostParts)] public IReadOnlyList<TCondition>? Any { get; init; }

    /// <summary>This does not hold.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TCondition? Not { get; init; }

    /// <summary>What holds of the customer, at the moment it is asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SegmentRule? Customer { get; init; }

    /// <summary>What this kind of condition adds: its name on the wire, and the test if it is one.</summary>
    private protected abstract (string Name, object? Test) Own { get; }

    internal IEnumerable<TCondition> Parts => All ?? Any ?? (Not is null ? [] : [Not]);

    /// <summary>This condition and every one in it, with the pointer to where it stands.</summary>
    internal IEnumerable<(string Pointer, TCondition Condition)> Placed(string pointer) =>
        new[] { (Name: "all", Parts: All), (Name: "any", Parts: Any) }
            .SelectMany(group => (group.Parts ?? []).SelectMany((part, i) => part.Placed($"{pointer}/{group.Name}/{i}")))
            .Concat(Not?.Placed($"{pointer}/not") ?? []).Prepend((pointer, (TCondition)this));

    private int Depth => Parts.Any() ? 1 + Parts.Max(part => part.Depth) : 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        object?[] forms = [All, Any, Not, Own.Test, Customer];
        if (forms.Count(form => form is not null) != 1) yield return new BrokenRule("condition_form_invalid", $"A condition is exactly one of: all, any, not, {Own.Name}, customer.");
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
