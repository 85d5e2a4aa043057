using System.Text.Json;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.AutomationRules.Actions;

/// <summary>An action whose <c>with</c> is a record: read strictly and checked by its attributes, like a request.</summary>
internal abstract class RuleAction<TArguments> : IRuleAction where TArguments : class
{
    public abstract string Name { get; }
    public abstract string Description { get; }
    public abstract object Example { get; }
    public Type Arguments => typeof(TArguments);

    public async Task<IReadOnlyList<FieldError>> WrongAsync(JsonElement with, CancellationToken ct)
    {
        if (with.ValueKind != JsonValueKind.Object) return [new FieldError("", "wrong_type", "An object.")];
        if (StrictJson.TryRead<TArguments>(JsonSerializer.SerializeToUtf8Bytes(with), out var wrong) is not { } arguments) return [wrong!];
        var errors = RequestRules.ErrorsOf(arguments);
        return errors.Count > 0 ? errors : await MissingAsync(arguments, ct);
    }

    public async Task<ActionResult> RunAsync(JsonElement with, FiringContext firing, CancellationToken ct) =>
        await RunAsync(JsonSerializer.Deserialize<TArguments>(with, StrictJson.Options)!, firing, ct);

    /// <summary>What it names that is not there, seen from it.</summary>
    protected virtual Task<IReadOnlyList<FieldError>> MissingAsync(TArguments with, CancellationToken ct) => Task.FromResult<IReadOnlyList<FieldError>>([]);

    protected abstract Task<ActionResult> RunAsync(TArguments with, FiringContext firing, CancellationToken ct);

    protected ActionResult Done(string resource, string id) => new() { Action = Name, Outcome = ActionOutcome.Done, Resource = resource, Id = id };

    protected ActionResult Unchanged(string resource, string id) => new() { Action = Name, Outcome = ActionOutcome.Unchanged, Resource = resource, Id = id };
}
