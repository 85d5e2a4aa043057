using CustomerCrm.Platform.Problems;

namespace CustomerCrm.AutomationRules.Actions;

/// <summary>What rules can do, by name.</summary>
internal sealed class RuleActions(IEnumerable<IRuleAction> actions)
{
    public IReadOnlyList<IRuleAction> All { get; } = [.. actions.OrderBy(action => action.Name, StringComparer.Ordinal)];

    public IRuleAction? Find(string name) => All.FirstOrDefault(action => action.Name == name);

    /// <summary>What is wrong with an action of a rule, seen from it.</summary>
    public async Task<IReadOnlyList<FieldError>> WrongAsync(AutomationAction action, CancellationToken ct) => Find(action.Do) is { } found
        ? [.. (await found.WrongAsync(action.With!.Value, ct)).Select(e => e with { Pointer = $"/with{e.Pointer}" })]
        : [new FieldError("/do", "unknown_action", $"One of: {string.Join(", ", All.Select(a => a.Name))}.")];
}
