using System.ComponentModel;
using System.Reflection;
using System.Text.Json.Nodes;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.OpenApi.Samples;
using CustomerCrm.Platform.OpenApi.Shapes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;

namespace CustomerCrm.Platform.OpenApi.Asking;

/// <summary>What goes into the address and the headers of a request.</summary>
internal sealed class Parameters(Schemas schemas, Examples examples, XmlDocs docs, OpenApiDocument document)
{
    /// <summary>Of a text in the address: the server reads request lines of 8 KiB.</summary>
    private const int LongestText = 8192;

    public IList<IOpenApiParameter> Of(Operation operation, string path) =>
    [
        .. operation.Parameters.Select(p => (Info: p, Name: NameOf(p))).Where(p => path.Contains($"{{{p.Name}}}", StringComparison.Ordinal)).Select(p => InPath(p.Info, p.Name)),
        .. operation.Parameters.Where(p => IsOneValue(p) && !path.Contains($"{{{NameOf(p)}}}", StringComparison.Ordinal)).Select(InQuery),
        .. operation.List?.Parameters.Select(OfList) ?? [],
        .. HeadersOf(operation).Select(name => new OpenApiParameterReference(name, document)),
    ];

    private static IEnumerable<string> HeadersOf(Operation operation)
    {
        if (operation.ChecksRevision) yield return RequestHeaders.IfMatch;
        if (operation.Upserts) yield return RequestHeaders.OnlyNew;
        if (operation is { IsGet: true, ShowsRevision: true }) yield return RequestHeaders.IfNoneMatch;
        if (operation.MayLag) yield return RequestHeaders.Read;
        if (operation.ChecksVisitor) yield return RequestHeaders.Visitor;
        if (!operation.Writes) yield break;
        yield return operation.NeedsKey ? RequestHeaders.RequiredKey : RequestHeaders.Key;
        yield return RequestHeaders.Quiet;
    }

    private OpenApiParameter InPath(ParameterInfo info, string name) => Make(info, name, ParameterLocation.Path, isRequired: true);

    private OpenApiParameter InQuery(ParameterInfo info) =>
        Make(info, NameOf(info), ParameterLocation.Query, isRequired: !info.HasDefaultValue && new NullabilityInfoContext().Create(info).WriteState == NullabilityState.NotNull);

    private OpenApiParameter Make(ParameterInfo info, string name, ParameterLocation place, bool isRequired)
    {
        var type = Nullable.GetUnderlyingType(info.ParameterType) ?? info.ParameterType;
        var schema = schemas.Of(type, Direction.Request);
        if (schema is OpenApiSchema own)
        {
            if (type == typeof(string)) own.MaxLength = LongestText;
            if (name == "as_of") (own.Format, own.MaxLength) = ("date", 10); // read by hand, for its own message
            if (name == "limit" && type == typeof(int)) (own.Minimum, own.Maximum) = ("1", "100");
            SchemaLimits.Apply(own, info.GetCustomAttributes());
        }
        return new OpenApiParameter
        {
            Name = name,
            In = place,
            Required = isRequired,
            Description = info.GetCustomAttribute<DescriptionAttribute>()?.Description ?? docs.Of(info) ?? ParameterTexts.Of(name),
            Schema = schema,
            Example = examples.OfParameter(schema, name),
        };
    }

    private static OpenApiParameter OfList(ListParameter parameter)
    {
        var type = parameter.Type;
        var schema = new OpenApiSchema
        {
            Type = type.JsonType switch { "integer" => JsonSchemaType.Integer, "number" => JsonSchemaType.Number, "boolean" => JsonSchemaType.Boolean, _ => JsonSchemaType.String },
            Format = type.Format,
            Pattern = type.Pattern,
            Enum = type.Values is { } values ? [.. values.Select(v => (JsonNode)v)] : null,
        };
        if (schema is { Type: JsonSchemaType.String, Enum: null }) schema.MaxLength = type.MaxLength ?? (type.Format is null ? LongestText : 40);
        if (schema.Type == JsonSchemaType.Integer) (schema.Minimum, schema.Maximum) = parameter.Name == "limit" ? ("1", "100") : ("-9007199254740991", "9007199254740991");
        return new OpenApiParameter
        {
            Name = parameter.Name,
            In = ParameterLocation.Query,
            Description = parameter.Description,
            Schema = schema,
            Example = ExampleOf(type, schema),
        };
    }

    private static JsonNode ExampleOf(FilterType type, OpenApiSchema schema) => schema switch
    {
        { Pattern: { } pattern } when pattern.Contains("_[0-7]", StringComparison.Ordinal) => SampleValues.Id(pattern),
        { Type: JsonSchemaType.String } when type.Example.EndsWith("_00000000000000000000000000", StringComparison.Ordinal) => SampleValues.Id($"^{type.Example.Split('_')[0]}_[0-7]"), // many of them
        { Type: JsonSchemaType.String } => type.Example,
        _ => JsonNode.Parse(type.Example)!,
    };

    private static bool IsOneValue(ParameterInfo parameter) =>
        (Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType) is var type && (type.IsEnum || PlainSchemas.Of(type) is { Type: not null });

    private static string NameOf(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<FromRouteAttribute>()?.Name ?? parameter.GetCustomAttribute<FromQueryAttribute>()?.Name ?? parameter.Name!;
}
