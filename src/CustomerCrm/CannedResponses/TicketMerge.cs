using System.Collections.Frozen;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Templates.Fields;
using CustomerCrm.Templates.Rendering;
using CustomerCrm.Tickets;

namespace CustomerCrm.CannedResponses;

/// <summary>
/// Texts of agents with fields in them: those that templates have for the customer, their figures, the ticket and the tenant, and beside them the agent.
/// What would leave a hole is refused when a text is saved, not when it is sent.
/// </summary>
internal sealed class TicketMerge(TenantDb db, MergeValues merge, TicketValues tickets, TemplateEngine engine, Caller caller)
{
    private const int MostErrors = 50;

    internal static readonly FrozenDictionary<string, MergeField> Own = new MergeField[]
    {
        new("agent.name", MergeFieldType.Text, MayBeEmpty: false, "Grace Hopper", "Who answers."),
        new("agent.email", MergeFieldType.Text, MayBeEmpty: true, "grace@example.com", "Their address; a key has none."),
    }.ToFrozenDictionary(field => field.Name);

    /// <exception cref="ApiProblem">422: it has fields that there are not, or that may be empty.</exception>
    public async Task CheckAsync(string pointer, string text, IReadOnlyDictionary<string, string> defaults, CancellationToken ct)
    {
        var own = await OwnFields.ReadAsync(db, ct);
        FieldError[] errors = [.. WrongWith(text, defaults, own).Take(MostErrors).Select(wrong => new FieldError(wrong.Pointer.Length > 0 ? wrong.Pointer : pointer, wrong.Code, wrong.Detail))];
        if (errors.Length > 0) throw ApiProblem.Invalid(errors);
    }

    /// <exception cref="ApiProblem">422: a field has no value and no default, as one that was deleted meanwhile.</exception>
    public async Task<string> WriteAsync(string text, IReadOnlyDictionary<string, string> defaults, Ticket ticket, CancellationToken ct)
    {
        var reading = TemplateReading.Of(text);
        // The ticket as it was handed over: in a macro it is what the steps before have made of it.
        var values = await merge.OfAsync(new MergeSource { CustomerId = ticket.CustomerId }, [.. reading.Uses.Where(use => !use.Path.StartsWith("ticket.", StringComparison.Ordinal))], ct);
        values["ticket"] = await tickets.OfAsync(ticket, ct);
        values["agent"] = new Dictionary<string, object?> { ["name"] = caller.Actor.Name, ["email"] = caller.User?.Email };
        return MergeTree.Complete(values, reading.Uses, defaults) is [var missing, ..]
            ? throw ApiProblem.Invalid("/canned_response_id", "merge_field_missing", $"The text says {missing}, and there is none.")
            : engine.Plain(text, values);
    }

    internal static IEnumerable<FieldError> WrongWith(string text, IReadOnlyDictionary<string, string> defaults, IReadOnlySet<string> ownFields)
    {
        var reading = TemplateReading.Of(text);
        foreach (var error in reading.Errors) yield return new FieldError("", error.Code, $"Line {error.Line}: {error.Detail}");
        foreach (var use in reading.Uses)
        {
            if (FieldOf(use.Path, ownFields) is not { } field) yield return new FieldError("", "unknown_merge_field", $"Line {use.Line}: there is no field {use.Path}. GET /v1/canned_responses/fields lists those there are.");
            else if (use.IsList) yield return new FieldError("", "not_a_list", $"Line {use.Line}: {use.Path} is one value.");
            else if (field.MayBeEmpty && !use.IsGuarded && !defaults.ContainsKey(use.Path))
                yield return new FieldError("", "merge_field_needs_default", $"Line {use.Line}: {use.Path} may be empty: give it a default, or write it inside {{{{#if {use.Path}}}}}.");
        }
        foreach (var name in defaults.Keys)
            if (FieldOf(name, ownFields) is null) yield return new FieldError($"/defaults/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}", "unknown_merge_field", $"There is no field {name} that could have a default.");
    }

    /// <summary>Every field that a text of an agent can hold.</summary>
    internal static IEnumerable<MergeField> All => MergeFields.All.Where(IsTheirs).Concat(Own.Values.OrderBy(own => own.Name, StringComparer.Ordinal));

    private static MergeField? FieldOf(string path, IReadOnlySet<string> ownFields) => Own.GetValueOrDefault(path)
        ?? (MergeFields.Find(path) is { } known && IsTheirs(known) ? known : null)
        ?? (ownFields.Contains(path) ? new MergeField(path, MergeFieldType.Text, MayBeEmpty: true, "", "") : null);

    private static bool IsTheirs(MergeField field) => field.Name.Split('.')[0] is "customer" or "figures" or "ticket" or "tenant";
}
