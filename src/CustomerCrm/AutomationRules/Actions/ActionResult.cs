namespace CustomerCrm.AutomationRules.Actions;

/// <summary>What an action of a firing has done.</summary>
/// <example>{"action":"create_task","outcome":"done","resource":"task","id":"tsk_01mv4q0800ebxvvk1mr9tcr6ws","code":null,"detail":null}</example>
public sealed record ActionResult
{
    /// <summary>Which.</summary>
    public required string Action { get; init; }

    public required ActionOutcome Outcome { get; init; }

    /// <summary>What it made or changed: task, segment, event …</summary>
    public string? Resource { get; init; }

    public string? Id { get; init; }

    /// <summary>Why it was refused.</summary>
    public string? Code { get; init; }

    public string? Detail { get; init; }
}

/// <summary>How an action ended.</summary>
public enum ActionOutcome
{
    Done,

    /// <summary>It was so already.</summary>
    Unchanged,

    /// <summary>It could not be done; code and detail say why.</summary>
    Refused,
}
