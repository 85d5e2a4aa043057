using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.RegularExpressions;
using CustomerCrm.AutomationRules.Conditions;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.AutomationRules;

/// <summary>What a rule is: on which events, under which condition, it does what.</summary>
/// <example>{"events":["order.paid"],"condition":{"event":{"pointer":"/total_minor","op":"gte","value":10000}},"actions":[{"do":"tag_customer","with":{"names":["big spender"]}},{"do":"create_task","with":{"title":"Thank them for order {{/order_number}}"}}],"mode":"automatic","delay_seconds":0,"cooldown_seconds":60,"max_firings_per_hour":1000}</example>
public sealed partial record AutomationDefinition : IValidatableObject
{
    /// <summary>Types of events, as the feed has them: <c>order.paid</c>, <c>order.*</c>, <c>*</c>. What rules themselves record starts no rule.</summary>
    [MinLength(1), MaxLength(20)] public required IReadOnlyList<string> Events { get; init; }

    /// <summary>Only where this holds; always, if nothing is said.</summary>
    public AutomationCondition? Condition { get; init; }

    /// <summary>What is done, in this order. One that cannot be done keeps none of the others from it.</summary>
    [MinLength(1), MaxLength(10)] public required IReadOnlyList<AutomationAction> Actions { get; init; }

    /// <summary>Whether it acts by itself, or asks a person each time.</summary>
    public AutomationMode Mode { get; init; }

    /// <summary>How long it waits before it acts, in seconds; then the condition is asked again, and if it no longer holds nothing is done. At most 30 days.</summary>
    [Range(0, 30 * 24 * 3600)] public int DelaySeconds { get; init; }

    /// <summary>For so many seconds after it fired for a customer it does not fire for them again. At most 90 days.</summary>
    [Range(0, 90 * 24 * 3600)] public int CooldownSeconds { get; init; } = 60;

    /// <summary>If it fires more often in an hour, something is wrong: it pauses itself, and records <c>automation_rule.paused</c>.</summary>
    [Range(1, 100_000)] public int MaxFiringsPerHour { get; init; } = 1000;

    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        foreach (var (i, pattern) in Events.Index())
            if (pattern is null || pattern.Length > 100 || !Pattern().IsMatch(pattern)) yield return new BrokenRule("event_invalid", "A type of event, as in order.paid, order.* or *.", $"Events[{i}]");
        if (Condition?.WrongWhole(nameof(Condition)) is { } wrong) yield return wrong;
        foreach (var (i, action) in Actions.Index())
            if (action is null) yield return new BrokenRule("required", "An action is required.", $"Actions[{i}]");
    }

    internal bool Answers(string eventType) => !IsOwn(eventType) && Events.Any(pattern => EventNames.IsMeant(pattern, eventType));

    internal string Write() => JsonSerializer.Serialize(this, StrictJson.Options);

    internal static AutomationDefinition Read(string text) => JsonSerializer.Deserialize<AutomationDefinition>(text, StrictJson.Options)!;

    private static bool IsOwn(string eventType) => eventType.StartsWith("automation", StringComparison.Ordinal);

    [GeneratedRegex(@"^(\*|[a-z_]+\.(\*|[a-z_]+))$")]
    private static partial Regex Pattern();
}

/// <summary>One thing that a rule does. <c>GET /v1/automation_rules/actions</c> says what there is.</summary>
/// <example>{"do":"tag_customer","with":{"names":["big spender"]}}</example>
public sealed record AutomationAction
{
    [StringLength(50, MinimumLength = 1)] public required string Do { get; init; }

    /// <summary>What the action asks for.</summary>
    [Required] public JsonElement? With { get; init; }
}

/// <summary>Who decides.</summary>
public enum AutomationMode
{
    /// <summary>It acts.</summary>
    Automatic,

    /// <summary>Each firing waits until a person approves or declines it.</summary>
    Suggest,
}
