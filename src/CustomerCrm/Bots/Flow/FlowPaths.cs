using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Bots.Flow;

/// <summary>Where a flow leads: steps that nothing leads to, and circles in which nobody is asked anything. Pure.</summary>
internal static class FlowPaths
{
    public static IEnumerable<FieldError> WrongWith(BotFlow flow)
    {
        var steps = flow.Steps.ToDictionary(step => step.Name, StringComparer.Ordinal);
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([.. flow.Intents.Select(intent => intent.Step), .. flow.Fallback is { } fallback ? new[] { fallback } : []]);
        while (open.TryPop(out var name))
            if (reached.Add(name)) foreach (var (_, target) in steps[name].Targets) open.Push(target);
        foreach (var (i, step) in flow.Steps.Index())
        {
            if (!reached.Contains(step.Name)) yield return new FieldError($"/steps/{i}", "unreachable", $"No intent and no step leads to {step.Name}.");
            else if (Circle(step, steps) is { } circle) yield return new FieldError($"/steps/{i}", "goes_round", $"It goes round and asks nothing on the way: {string.Join(", ", circle)}.");
        }
    }

    // From the step back to itself without a question; each circle is told once, at its first step by name.
    private static IReadOnlyList<string>? Circle(BotStep start, Dictionary<string, BotStep> steps)
    {
        var (paths, seen) = (new Queue<string[]>([[start.Name]]), new HashSet<string>(StringComparer.Ordinal));
        while (paths.TryDequeue(out var path))
        {
            if (Waits(steps[path[^1]])) continue;
            foreach (var (_, target) in steps[path[^1]].Targets)
            {
                if (target == start.Name) return path.All(name => string.CompareOrdinal(start.Name, name) <= 0) ? [.. path, target] : null;
                if (seen.Add(target)) paths.Enqueue([.. path, target]);
            }
        }
        return null;
    }

    private static bool Waits(BotStep step) => step.Do is StepKind.Ask or StepKind.AskHelpful;
}
