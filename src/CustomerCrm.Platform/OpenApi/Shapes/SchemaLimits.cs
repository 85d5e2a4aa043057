using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CustomerCrm.Platform.Validation;
using Microsoft.OpenApi;

namespace CustomerCrm.Platform.OpenApi.Shapes;

/// <summary>What the attributes of a member promise or demand, said in its schema. The same attributes are what validation goes by.</summary>
internal static class SchemaLimits
{
    public static void Apply(OpenApiSchema schema, IEnumerable<Attribute> attributes)
    {
        foreach (var attribute in attributes) Apply(schema, attribute);
    }

    private static void Apply(OpenApiSchema schema, Attribute attribute)
    {
        switch (attribute)
        {
            case StringLengthAttribute length:
                schema.MaxLength = length.MaximumLength;
                if (length.MinimumLength > 0) schema.MinLength = length.MinimumLength;
                break;
            case LengthAttribute length:
                AtLeast(schema, length.MinimumLength);
                AtMost(schema, length.MaximumLength);
                break;
            case MaxLengthAttribute most:
                AtMost(schema, most.Length);
                break;
            case MinLengthAttribute least:
                AtLeast(schema, least.Length);
                break;
            case RangeAttribute range when schema.Minimum is not null || Is(schema, JsonSchemaType.Number):
                var (from, to) = (Text(range.Minimum), Text(range.Maximum));
                if (range.MinimumIsExclusive) (schema.ExclusiveMinimum, schema.Minimum) = (from, null); else schema.Minimum = from;
                if (range.MaximumIsExclusive) (schema.ExclusiveMaximum, schema.Maximum) = (to, null); else schema.Maximum = to;
                break;
            case RegularExpressionAttribute pattern:
                schema.Pattern = pattern.Pattern.StartsWith('^') ? pattern.Pattern : $"^(?:{pattern.Pattern})$";
                break;
            case WriteOnlyAttribute:
                schema.WriteOnly = true;
                break;
            case EmailAddressAttribute:
                schema.Format = "email";
                break;
            case UrlAttribute or WebAddressAttribute:
                schema.Format = "uri";
                break;
            case AllowedValuesAttribute allowed:
                schema.Enum = [.. allowed.Values.Select(v => System.Text.Json.JsonSerializer.SerializeToNode(v, Json.StrictJson.Options)!)];
                if (Is(schema, JsonSchemaType.Null)) schema.Enum.Add(JsonNullSentinel.JsonNull);
                break;
        }
    }

    private static void AtMost(OpenApiSchema schema, int most)
    {
        if (Is(schema, JsonSchemaType.Array)) schema.MaxItems = most;
        else if (Is(schema, JsonSchemaType.Object)) schema.MaxProperties = most;
        else if (Is(schema, JsonSchemaType.String)) schema.MaxLength = most;
    }

    private static void AtLeast(OpenApiSchema schema, int least)
    {
        if (Is(schema, JsonSchemaType.Array)) schema.MinItems = least;
        else if (Is(schema, JsonSchemaType.Object)) schema.MinProperties = least;
        else if (Is(schema, JsonSchemaType.String)) schema.MinLength = least;
    }

    private static bool Is(OpenApiSchema schema, JsonSchemaType type) => schema.Type?.HasFlag(type) == true;

    private static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
