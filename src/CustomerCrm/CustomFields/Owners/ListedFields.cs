using System.Globalization;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.CustomFields.Owners;

/// <summary>The fields of a resource, as its list asks for them.</summary>
/// <param name="owner">The resource.</param>
/// <param name="byValue">Its rows, begun at the values (v).</param>
/// <param name="values">The values of a row.</param>
internal sealed class ListedFields<T>(CustomFieldOwner owner, TenantSql byValue, Func<T, CustomFieldValues> values) : OwnFields<T>
{
    public override string Prefix => "custom_fields";
    public override TenantSql ByValue => byValue;
    public override TenantSql Values => owner.Tables.Values;
    public override string RowColumn => owner.Tables.RowColumn;

    public override OwnField<T> Example => Of(new CustomField
    {
        Id = default, Resource = owner.Resource, Name = "example", Label = "Example", Type = CustomFieldType.Text, Revision = 1, CreatedAt = default, UpdatedAt = default,
    });

    public override async ValueTask<OwnField<T>?> FindAsync(string name, IServiceProvider services, CancellationToken ct) =>
        (await services.GetRequiredService<KnownCustomFields>().OfAsync(owner.Resource, ct)).TryGetValue(name, out var field) ? Of(field) : null;

    private OwnField<T> Of(CustomField field)
    {
        var fieldId = field.Id.ToBytes();
        return new OwnField<T>
        {
            Operators = FieldFilters.Of(field),
            KeyOf = row => values(row).Find(field.Name) is { } value ? FieldKey.Of(value) : null,
            IsWithin = range => Condition.Of("v.FieldId = {0} AND v.ValueKey >= {1} AND v.ValueKey < {2}", fieldId, range.From, range.Before),
            HasWithin = range => owner.Tables.HasWithin(fieldId, range),
        };
    }
}

/// <summary>What a list takes of a field, by operator.</summary>
internal static class FieldFilters
{
    private static readonly FilterType number = new("number", null, "12.5", text => WrittenNumber.Read(text) is { } n ? FieldKey.Of(n) : null);

    private static readonly FilterType whole = new("integer", "int64", "12500",
        text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) && Math.Abs((decimal)n) <= FieldRules.Most ? FieldKey.Of(n) : null);

    private static readonly FilterType beginning = FilterType.Text(100, "Gol");

    public static IReadOnlyDictionary<string, OwnOperator> Of(CustomField field) => FieldOperators.Of(field.Type).ToDictionary(op => op, op => op switch
    {
        "is_set" => new OwnOperator(FilterType.Boolean, TakesMany: false, sent => new ValueRanges([ValueRange.All], IsNegated: !(bool)sent[0])),
        "starts_with" => new OwnOperator(beginning, TakesMany: false, sent => new ValueRanges([ValueRange.StartingWith(FieldKey.Beginning((string)sent[0]))])),
        _ => new OwnOperator(TypeOf(field), TakesMany: op == "in", keys => new ValueRanges([.. keys.Select(key => FieldOperators.RangeOf(op, (byte[])key))])),
    });

    private static FilterType TypeOf(CustomField field) => field.Type switch
    {
        CustomFieldType.Number => number,
        CustomFieldType.Money => whole,
        CustomFieldType.Date => Keyed(FilterType.Day, day => FieldKey.Of(((DateOnly)day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))),
        CustomFieldType.Boolean => Keyed(FilterType.Boolean, flag => FieldKey.Of((bool)flag)),
        CustomFieldType.Choice => Keyed(FilterType.Text(100, field.Options![0].Name), text => field.Options.Any(option => option.Name == (string)text) ? FieldKey.Of((string)text) : null) with
        {
            Values = [.. field.Options!.Select(option => option.Name)],
        },
        CustomFieldType.Reference => Keyed(FilterType.Text(40, "cus_01hpv7x5k8e2mv9q3tq5y6n7r4"), text => FieldKey.Of(((string)text).ToLowerInvariant())),
        _ => Keyed(FilterType.Text(FieldRules.LongestText, "Gold"), text => FieldKey.Of((string)text)),
    };

    private static FilterType Keyed(FilterType type, Func<object, byte[]?> key) => type with { Read = text => type.Read(text) is { } read ? key(read) : null };
}
