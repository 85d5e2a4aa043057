using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerCrm.Platform.OpenApi.Shapes;
using Microsoft.OpenApi;

namespace CustomerCrm.Platform.OpenApi.Samples;

/// <summary>Makes an example of any schema: valid by the schema, believable by <see cref="SampleValues"/>.</summary>
internal sealed class Examples(Schemas schemas)
{
    private readonly Stack<OpenApiSchema> within = new();

    public JsonNode? Of(IOpenApiSchema schema) => Of(schema, "value", "");

    /// <param name="schema">What its value may be.</param>
    /// <param name="name">Its name; of a filter, the field counts: <c>filter[type][eq]</c>.</param>
    public JsonNode? OfParameter(IOpenApiSchema schema, string name) => Of(schema, name.Split('[', ']') is [_, var field, ..] ? field : name, "");

    private JsonNode? Of(IOpenApiSchema schema, string member, string owner)
    {
        var own = schemas.Resolve(schema);
        if (own.Examples is { Count: > 0 } said) return said[0].DeepClone();
        if (own.Const is { } constant) return constant;
        if (own.Enum is { Count: > 0 } values) return (values.FirstOrDefault(v => v.GetValueKind() == JsonValueKind.String && v.GetValue<string>() == "paid") ?? values[0]).DeepClone();
        if (own.OneOf is { Count: > 0 } forms) return OfOne(forms, member, owner);
        if (schema is OpenApiSchemaReference reference) owner = reference.Reference.Id!;

        var type = own.Type & ~JsonSchemaType.Null;
        if ((own.Type is null || own.Type.Value.HasFlag(JsonSchemaType.Null)) && SampleValues.IsUsuallyNull(member)) return null;
        return type switch
        {
            JsonSchemaType.Object => OfObject(own, member, owner),
            JsonSchemaType.Array => OfArray(own, member, owner),
            JsonSchemaType.String => OfText(own, member, owner),
            JsonSchemaType.Integer => Within(own, SampleValues.Integer(member)),
            JsonSchemaType.Number => OfNumber(own, SampleValues.Number(member)),
            JsonSchemaType.Boolean => SampleValues.Boolean(member),
            _ => SampleValues.Anything(),
        };
    }

    private JsonNode? OfOne(IList<IOpenApiSchema> forms, string member, string owner)
    {
        if (SampleValues.IsUsuallyNull(member) && forms.Any(f => schemas.Resolve(f).Type == JsonSchemaType.Null)) return null;
        return forms.FirstOrDefault(f => !Repeats(f)) is { } form ? Of(form, member, owner) : null;
    }

    private JsonObject OfObject(OpenApiSchema schema, string member, string owner)
    {
        var example = new JsonObject();
        within.Push(schema);
        foreach (var (name, property) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
            if (!Repeats(property) || schema.Required?.Contains(name) == true) example[name] = Of(property, name, owner);
        if (schema.AdditionalProperties is { } others && !Repeats(others)) example[KeyOf(member)] = Of(others, member, owner);
        within.Pop();
        return example;
    }

    private JsonArray OfArray(OpenApiSchema schema, string member, string owner) =>
        Repeats(schema.Items!) ? [] : [Of(schema.Items!, member.EndsWith('s') ? member[..^1] : member, owner)];

    private static JsonNode OfText(OpenApiSchema schema, string member, string owner)
    {
        if (schema.Pattern is { } pattern && pattern.Contains("_[0-7]", StringComparison.Ordinal)) return SampleValues.Id(pattern);
        if (schema.Pattern == PlainSchemas.LocalTime) return "09:00:00";
        var text = schema.Format switch
        {
            "date-time" => SampleValues.Time(member),
            "date" => SampleValues.Day(member),
            "uuid" => "01951c2e-8f00-7000-8000-000000000001",
            "uri" => "https://example.com",
            "email" => "ada@example.com",
            _ => SampleValues.Text(member, owner),
        };
        if (schema.MaxLength is { } most && text.Length > most) text = text[..most];
        return schema.MinLength is { } least && text.Length < least ? text.PadRight(least, 'x') : text;
    }

    private static JsonNode Within(OpenApiSchema schema, long value)
    {
        if (Bound(schema.Minimum) is { } least && value < least) value = (long)Math.Ceiling(least);
        if (Bound(schema.Maximum) is { } most && value > most) value = (long)Math.Floor(most);
        return value;
    }

    private static JsonNode OfNumber(OpenApiSchema schema, double value)
    {
        if ((Bound(schema.Minimum) ?? Bound(schema.ExclusiveMinimum)) is { } least && value <= least) value = least + 0.5;
        if ((Bound(schema.Maximum) ?? Bound(schema.ExclusiveMaximum)) is { } most && value >= most) value = most / 2;
        return value;
    }

    private bool Repeats(IOpenApiSchema schema)
    {
        var own = schemas.Resolve(schema);
        if (within.Contains(own)) return true;
        // An array of what we are in can be left empty; a choice is only a circle when each of its forms is.
        return own.OneOf is { Count: > 0 } forms && forms.All(f => Repeats(f) || schemas.Resolve(f).Type == JsonSchemaType.Null);
    }

    private static string KeyOf(string member) => member.EndsWith("ies", StringComparison.Ordinal) ? member[..^3] + "y" : member.TrimEnd('s');

    private static double? Bound(string? text) => text is null ? null : double.Parse(text, CultureInfo.InvariantCulture);
}
