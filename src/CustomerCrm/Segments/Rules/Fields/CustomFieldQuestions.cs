using System.Text.Json;
using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Owners;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Segments.Rules.Fields;

/// <summary>Whether the fields of the tenant's own that a rule asks for are there, and can be asked so.</summary>
internal sealed class CustomFieldQuestions(KnownCustomFields known, CustomFieldOwners owners)
{
    /// <param name="rule">Right in itself.</param>
    /// <param name="pointer">Where it stands in the body.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ApiProblem">422, naming every question that cannot be asked.</exception>
    public async ValueTask CheckAsync(SegmentRule? rule, string pointer, CancellationToken ct)
    {
        if (rule is null || rule.Everything.All(part => part.Field?.StartsWith(CustomFieldQuestion.Prefix, StringComparison.Ordinal) != true)) return;
        var fields = await known.OfAsync(CustomFieldResource.Customers, ct);
        FieldError[] errors =
        [
            .. from part in rule.Placed(pointer)
               where part.Rule.Field is not null
               let question = SegmentFields.Find(part.Rule.Field!) as CustomFieldQuestion
               where question is not null
               let error = ErrorOf(question, part.Rule, part.Pointer, fields)
               where error is not null
               select error,
        ];
        if (errors.Length > 0) throw ApiProblem.Invalid(errors);
    }

    private FieldError? ErrorOf(CustomFieldQuestion question, SegmentRule rule, string pointer, IReadOnlyDictionary<string, CustomField> fields)
    {
        if (!fields.TryGetValue(question.FieldName, out var field)) return new($"{pointer}/field", "unknown_field", "Customers have no such field of their own.");
        var ops = OperatorsOf(field.Type);
        if (!ops.Contains(rule.Op)) return new($"{pointer}/op", "unknown_op", $"{rule.Field} can be asked: {string.Join(", ", ops)}.");
        if (rule.Op is "is_set" or "starts_with" || RelativeDays.Counts(rule.Op!)) return null;
        var values = rule.Value!.Value is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : new[] { rule.Value.Value };
        foreach (var value in values)
            if (FieldRules.Read(field, value, text => owners.ReadId(field.ReferencesTo!.Value, text)) is var (read, saying) && read is null) return new($"{pointer}/value", "value_invalid", saying);
        return null;
    }

    /// <summary>What a rule can ask of a field: what lists can, each sameness also turned round, and of days what counts from the day of asking.</summary>
    internal static IReadOnlyList<string> OperatorsOf(CustomFieldType type) =>
    [
        .. FieldOperators.Of(type).SelectMany(op => op is "eq" or "in" ? (string[])[op, op == "eq" ? "neq" : "not_in"] : [op]),
        .. type == CustomFieldType.Date ? (string[])[.. RelativeDays.Operators, RelativeDays.Ahead] : [],
    ];
}
