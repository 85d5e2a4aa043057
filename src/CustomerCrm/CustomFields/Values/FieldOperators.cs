using CustomerCrm.Platform.Lists;

namespace CustomerCrm.CustomFields.Values;

/// <summary>What values of each type can be asked, and what that means for their keys.</summary>
internal static class FieldOperators
{
    private static readonly string[] same = ["eq", "in", "is_set"], ordered = ["eq", "in", "gte", "gt", "lte", "lt", "is_set"], text = ["eq", "in", "starts_with", "is_set"], flag = ["eq", "is_set"];

    public static IReadOnlyList<string> Of(CustomFieldType type) => type switch
    {
        CustomFieldType.Text => text,
        CustomFieldType.Number or CustomFieldType.Money or CustomFieldType.Date => ordered,
        CustomFieldType.Boolean => flag,
        _ => same,
    };

    /// <summary>Pure. The ranges of an operator that compares with keys; all but <c>is_set</c> and <c>starts_with</c>.</summary>
    public static ValueRange RangeOf(string op, byte[] key) => op switch
    {
        "gte" => ValueRange.AtLeast(key),
        "gt" => ValueRange.Above(key),
        "lte" => ValueRange.AtMost(key),
        "lt" => ValueRange.Below(key),
        _ => ValueRange.Exactly(key),
    };
}
