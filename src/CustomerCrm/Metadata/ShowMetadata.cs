using System.Text.Json;
using CustomerCrm.AutomationRules.Actions;
using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Owners;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Platform.Json;
using CustomerCrm.Segments.Rules;
using CustomerCrm.Segments.Rules.Fields;

namespace CustomerCrm.Metadata;

/// <summary>GET /v1/metadata</summary>
internal static class ShowMetadata
{
    private static readonly string[] forms = ["all", "any", "not", "field", "op", "value"];

    internal static async Task<TenantMetadata> Handle(FixedFields given, KnownCustomFields known, CustomFieldOwners owners, RuleActions actions, CancellationToken ct)
    {
        var resources = new List<TenantMetadata.Resource>();
        foreach (var (resource, takesOwn) in given.All)
            resources.Add(takesOwn && Enum.TryParse<CustomFieldResource>(resource.Name, ignoreCase: true, out var kind)
                ? resource with { Fields = [.. resource.Fields, .. (await OrderedAsync(kind)).Select(FieldOf)] }
                : resource);
        return new TenantMetadata
        {
            Resources = resources,
            RuleActions = ListRuleActions.Handle(actions).Data,
            Segments = new TenantMetadata.SegmentQuestions
            {
                Fields = [.. SegmentFields.All.Select(QuestionOf), .. (await OrderedAsync(CustomFieldResource.Customers)).Select(field => QuestionOf(field, owners))],
                Tests = [.. StrictJson.Options.GetTypeInfo(typeof(SegmentRule)).Properties.Select(property => property.Name).Except(forms)],
            },
        };

        async Task<IEnumerable<CustomField>> OrderedAsync(CustomFieldResource kind) => (await known.OfAsync(kind, ct)).Values.OrderBy(field => field.CreatedAt).ThenBy(field => field.Name, StringComparer.Ordinal);
    }

    private static TenantMetadata.Field FieldOf(CustomField field) => new()
    {
        Name = $"custom_fields.{field.Name}",
        Label = field.Label,
        Type = TypeOf(field),
        IsCustom = true,
        IsShown = true,
        IsSortable = true,
        Operators = [.. FieldFilters.Of(field).Select(op => new TenantMetadata.FilterOperator { Name = op.Key, TakesMany = op.Value.TakesMany, Example = op.Value.Type.Example })],
        Choices = ChoicesOf(field),
        Currency = field.Currency,
        ReferencesTo = field.ReferencesTo,
    };

    private static TenantMetadata.Question QuestionOf(SegmentField field) => new()
    {
        Name = field.Name,
        Type = field.Type,
        IsCustom = false,
        Operators = [.. field.Operators.Select(op => new TenantMetadata.QuestionOperator { Name = op, Example = field.Example(op) })],
        Choices = field.Choices is null ? null : [.. field.Choices.Select(choice => new TenantMetadata.Choice { Name = choice, Label = choice, IsRetired = false })],
    };

    private static TenantMetadata.Question QuestionOf(CustomField field, CustomFieldOwners owners) => new()
    {
        Name = $"custom_fields.{field.Name}",
        Label = field.Label,
        Type = TypeOf(field),
        IsCustom = true,
        Operators = [.. CustomFieldQuestions.OperatorsOf(field.Type).Select(op => new TenantMetadata.QuestionOperator { Name = op, Example = ExampleOf(field, op, owners) })],
        Choices = ChoicesOf(field),
    };

    private static object ExampleOf(CustomField field, string op, CustomFieldOwners owners)
    {
        object one = field.Type switch
        {
            CustomFieldType.Number => 12.5,
            CustomFieldType.Money => 12500,
            CustomFieldType.Date => "2030-01-15",
            CustomFieldType.Boolean => true,
            CustomFieldType.Choice => field.Options![0].Name,
            CustomFieldType.Reference => owners.Of(field.ReferencesTo!.Value).WriteId(Guid.Empty),
            _ => "Gold",
        };
        return op switch { _ when RelativeDays.Counts(op) => RelativeDays.Example(op), "is_set" => true, "in" or "not_in" => new[] { one }, _ => one };
    }

    private static string TypeOf(CustomField field) => JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Type.ToString());

    private static IReadOnlyList<TenantMetadata.Choice>? ChoicesOf(CustomField field) =>
        field.Options is null ? null : [.. field.Options.Select(option => new TenantMetadata.Choice { Name = option.Name, Label = option.Label, IsRetired = option.IsRetired })];
}
