using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Validation;
using CustomerCrm.Segments.Rules.Conditions;
using CustomerCrm.Segments.Rules.Fields;

namespace CustomerCrm.Segments.Rules;

/// <summary>
/// Who belongs to a segment: a tree of <c>all</c>, <c>any</c> and <c>not</c> over tests of fields (<c>field</c>, <c>op</c>,
/// <c>value</c>), of orders, interactions, what was tracked, what was bought, what was said of being written to, and of other segments. Every test holds or does not hold; nothing is unknown: what a customer does not have equals nothing,
/// so <c>not</c> is always everyone else.
/// </summary>
/// <example>{"all":[{"field":"country","op":"in","value":["AT","DE"]},{"orders":{"count":{"gte":3},"within_days":90}},{"events":{"name":"product_viewed","count":{"gte":2},"within_hours":48}},{"not":{"field":"retention_state","op":"eq","value":"lost"}}]}</example>
public sealed record SegmentRule : IValidatableObject
{
    public const int MostTests = 30, DeepestNesting = 5;
    private const int MostParts = 30, MostValues = 500;

    /// <summary>Every one of these holds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [MinLength(1), MaxLength(MostParts)] public IReadOnlyList<SegmentRule>? All { get; init; }

    /// <summary>At least one of these holds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [MinLength(1), MaxLength(MostParts)] public IReadOnlyList<SegmentRule>? Any { get; init; }

    /// <summary>This does not hold.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SegmentRule? Not { get; init; }

    /// <summary>What is asked: <c>country</c>, <c>order_count</c>, <c>cltv_minor</c>, <c>custom_fields.loyalty_tier</c> …</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [StringLength(100, MinimumLength = 1)] public string? Field { get; init; }

    /// <summary>How it is compared: <c>eq</c>, <c>gte</c>, <c>in</c>, <c>is_set</c> …</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [StringLength(100, MinimumLength = 1)] public string? Op { get; init; }

    /// <summary>With what: of the field's own type, or a list of them for <c>in</c> and <c>not_in</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Value { get; init; }

    /// <summary>How many orders there were in a span of time, and what was spent on them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OrderTest? Orders { get; init; }

    /// <summary>How many interactions there were in a span of time.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public InteractionTest? Interactions { get; init; }

    /// <summary>How often something was done, of what is tracked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EventTest? Events { get; init; }

    /// <summary>That one thing was done and then another, or not the other.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SequenceTest? Sequence { get; init; }

    /// <summary>How much was bought of some products.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProductTest? Products { get; init; }

    /// <summary>What the customer said of being written to, as it holds now.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ConsentTest? Consent { get; init; }

    /// <summary>The customer is in this other segment. Segments must not lead back to themselves.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Id<Segment>? Segment { get; init; }

    /// <summary>What it asks beyond the customer's own row, if that is its form.</summary>
    internal IRuleTest? Test => Orders ?? Interactions ?? Events ?? Sequence ?? Products ?? Consent ?? (IRuleTest?)(Segment is { } other ? new MemberTest(other) : null);

    /// <summary>The rules that this one is made of; none for a test.</summary>
    internal IEnumerable<SegmentRule> Parts => All ?? Any ?? (Not is null ? [] : [Not]);

    /// <summary>This rule and every rule in it.</summary>
    internal IEnumerable<SegmentRule> Everything => Parts.SelectMany(part => part.Everything).Prepend(this);

    /// <summary>Whether a new fit of the models can change who belongs.</summary>
    internal bool FollowsFits => Everything.Any(rule => rule.Field is not null && SegmentFields.Find(rule.Field)!.FollowsFits);

    /// <summary>Where the rule draws lines in time.</summary>
    internal IEnumerable<Boundary> BoundariesAt(RuleMoment at) => Everything.SelectMany(rule =>
        rule.Test?.BoundariesAt(at) ?? (rule.Field is null ? [] : SegmentFields.Find(rule.Field)!.BoundariesAt(rule.Op!, rule.Value!.Value, at)));

    /// <summary>Whether a new day can change who belongs, in ways that no boundary tells of.</summary>
    internal bool FollowsDays => Everything.Any(rule => rule.Field is not null && SegmentFields.Find(rule.Field)!.FollowsDays(rule.Op!));

    /// <summary>The segments that it asks about.</summary>
    internal IEnumerable<Id<Segment>> OtherSegments => Everything.Select(rule => rule.Segment).OfType<Id<Segment>>();

    /// <summary>This rule and every rule in it, each with the pointer to where it stands.</summary>
    internal IEnumerable<(string Pointer, SegmentRule Rule)> Placed(string pointer) =>
        new[] { (Name: "all", Parts: All), (Name: "any", Parts: Any) }
            .SelectMany(group => (group.Parts ?? []).SelectMany((part, i) => part.Placed($"{pointer}/{group.Name}/{i}")))
            .Concat(Not?.Placed($"{pointer}/not") ?? []).Prepend((pointer, this));

    private int Depth => Parts.Any() ? 1 + Parts.Max(part => part.Depth) : 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        object?[] forms = [All, Any, Not, Field, Orders, Interactions, Events, Sequence, Products, Consent, Segment];
        if (forms.Count(form => form is not null) != 1)
            yield return new BrokenRule("rule_form_invalid", "A rule is exactly one of: all, any, not, field (with op and value), orders, interactions, events, sequence, products, consent, segment.");
        else if (Field is not null) foreach (var broken in WrongTest(Field)) yield return broken;
        else if (Op is not null || Value is not null)
            yield return new BrokenRule("rule_form_invalid", "op and value go with field.", Op is null ? nameof(Value) : nameof(Op));

        foreach (var (name, parts) in new[] { (nameof(All), All), (nameof(Any), Any) })
            for (var i = 0; i < parts?.Count; i++)
                if (parts[i] is null) yield return new BrokenRule("required", "A rule is required.", $"{name}[{i}]");
    }

    /// <summary>What is wrong with the tree as a whole. Asked of the root, when every rule in it is right.</summary>
    internal ValidationResult? WrongWhole(string member)
    {
        if (Depth > DeepestNesting) return new BrokenRule("too_deep", $"Rules may be nested {DeepestNesting} deep.", member);
        if (Everything.Count(rule => !rule.Parts.Any()) > MostTests) return new BrokenRule("too_many", $"At most {MostTests} tests.", member);
        // Each is a parameter or two of one statement, and SQL Server takes 2,100.
        return Everything.Sum(rule => rule.Value is { ValueKind: JsonValueKind.Array } list ? list.GetArrayLength() : 0) > MostValues
            ? new BrokenRule("too_many", $"At most {MostValues} values in all lists.", member)
            : null;
    }

    private IEnumerable<ValidationResult> WrongTest(string name)
    {
        if (SegmentFields.Find(name) is not { } field)
            yield return new BrokenRule("unknown_field", $"There is no such field. One of: {string.Join(", ", SegmentFields.All.Select(f => f.Name))}, or custom_fields. and the name of one of the customers' own.", nameof(Field));
        else if (Op is null || !field.Operators.Contains(Op))
            yield return new BrokenRule("unknown_op", $"{field.Name} can be asked: {string.Join(", ", field.Operators)}.", nameof(Op));
        else if (field.WhyNot(Op, Value ?? default) is { } why)
            yield return new BrokenRule("value_invalid", why, nameof(Value));
    }
}
