using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CustomerCrm.Platform.Json;
using Microsoft.OpenApi;

namespace CustomerCrm.Platform.OpenApi.Shapes;

/// <summary>
/// The form of every type that is sent or shown, taken from the same JSON contract that reads and writes it. Records and enums
/// become named components, which refer to each other.
/// </summary>
internal sealed class Schemas(OpenApiDocument document, XmlDocs docs)
{
    /// <summary>What an array may hold where nothing says less.</summary>
    private const int MostItems = 10_000;

    private readonly SchemaNames names = new();
    private readonly NullabilityInfoContext nullability = new();

    /// <summary>The components made so far, by name.</summary>
    public SortedDictionary<string, OpenApiSchema> Components { get; } = new(StringComparer.Ordinal);

    public IOpenApiSchema Of(Type type, Direction direction)
    {
        if (Nullable.GetUnderlyingType(type) is { } value) return OrNull(Of(value, direction));
        if (ChangedType(type) is { } changed) return HasNull(changed) ? OrNull(Of(changed, direction)) : Of(changed, direction);
        if (PlainSchemas.Of(type) is { } plain) return plain;
        if (type.IsEnum) return Component(type, direction, schema => DescribeEnum(schema, type));
        if (type.GetCustomAttribute<WireFormAttribute>() is { } form) return Of(form.Type, direction);

        var info = StrictJson.Options.GetTypeInfo(type);
        return info.Kind switch
        {
            JsonTypeInfoKind.Enumerable => new OpenApiSchema { Type = JsonSchemaType.Array, Items = Of(info.ElementType!, direction), MaxItems = MostItems },
            JsonTypeInfoKind.Dictionary => new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = Of(info.ElementType!, direction), MaxProperties = MostItems },
            JsonTypeInfoKind.Object when info.PolymorphismOptions is { } kinds && type.IsAbstract => Component(type, direction, schema => DescribeKinds(schema, kinds, direction)),
            JsonTypeInfoKind.Object => Component(type, direction, schema => DescribeObject(schema, info, direction)),
            _ => throw new InvalidOperationException($"{type} has a JSON converter of its own: say with [WireForm] what it looks like."),
        };
    }

    /// <summary>What a reference refers to; a schema that is none is itself.</summary>
    public OpenApiSchema Resolve(IOpenApiSchema schema) => schema switch
    {
        OpenApiSchemaReference reference => Components[reference.Reference.Id!],
        OpenApiSchema own => own,
        _ => throw new InvalidOperationException($"{schema.GetType()} is not made here."),
    };

    private OpenApiSchemaReference Component(Type type, Direction direction, Action<OpenApiSchema> describe)
    {
        var name = names.Of(type, direction);
        if (!Components.ContainsKey(name))
        {
            var schema = Components[name] = new OpenApiSchema { Description = docs.Of(type) };
            describe(schema);
            if (docs.ExampleOf(type) is { } example) schema.Examples = [Parse(example, schema)];
        }
        return new OpenApiSchemaReference(name, document);
    }

    private void DescribeEnum(OpenApiSchema schema, Type type)
    {
        var members = type.GetFields(BindingFlags.Public | BindingFlags.Static);
        schema.Type = JsonSchemaType.String;
        schema.Enum = [.. members.Select(m => (JsonNode)NameOf(m))];
        var said = members.Select(m => (Name: NameOf(m), Text: docs.Of(m))).Where(m => m.Text is not null).Select(m => $"`{m.Name}`: {m.Text}");
        schema.Description = string.Join("\n\n", said.Prepend(schema.Description).OfType<string>());
        if (schema.Description.Length == 0) schema.Description = null;

        static string NameOf(FieldInfo member) =>
            member.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(member.Name);
    }

    private void DescribeKinds(OpenApiSchema schema, JsonPolymorphismOptions kinds, Direction direction)
    {
        var mapping = new Dictionary<string, OpenApiSchemaReference>();
        foreach (var kind in kinds.DerivedTypes) mapping.Add((string)kind.TypeDiscriminator!, (OpenApiSchemaReference)Of(kind.DerivedType, direction));
        schema.OneOf = [.. mapping.Values];
        schema.Discriminator = new OpenApiDiscriminator { PropertyName = kinds.TypeDiscriminatorPropertyName, Mapping = mapping };
    }

    private void DescribeObject(OpenApiSchema schema, JsonTypeInfo info, Direction direction)
    {
        schema.Type = JsonSchemaType.Object;
        schema.Properties = new Dictionary<string, IOpenApiSchema>();
        schema.Required = new HashSet<string>();
        schema.AdditionalPropertiesAllowed = info.Properties.Any(p => p.IsExtensionData);
        if (DiscriminatorOf(info.Type) is var (name, value))
        {
            schema.Properties.Add(name, new OpenApiSchema { Type = JsonSchemaType.String, Const = value });
            schema.Required.Add(name);
        }
        foreach (var property in info.Properties.Where(p => !p.IsExtensionData && (direction == Direction.Request ? p.Set : (object?)p.Get) is not null))
        {
            var member = (PropertyInfo)property.AttributeProvider!;
            schema.Properties.Add(property.Name, OfMember(member, direction));
            if (IsRequired(member, direction)) schema.Required.Add(property.Name);
        }
    }

    private IOpenApiSchema OfMember(PropertyInfo member, Direction direction)
    {
        var type = member.GetCustomAttribute<WireFormAttribute>()?.Type ?? member.PropertyType;
        // What validation requires may be nullable in C#, so that its absence can be seen; null is refused all the same.
        var mustBeThere = direction == Direction.Request && IsRequired(member, direction);
        if (ChangedType(type) is { } changed && HasRequirement(member)) type = Nullable.GetUnderlyingType(changed) ?? changed;
        var schema = Of(mustBeThere || IsLeftOut(member, direction) ? Nullable.GetUnderlyingType(type) ?? type : type, direction);
        if (!mustBeThere && !IsLeftOut(member, direction) && !type.IsValueType && nullability.Create(member).ReadState != NullabilityState.NotNull) schema = OrNull(schema);
        var description = docs.Of(member);
        if (schema is OpenApiSchemaReference reference)
        {
            reference.Description = description;
            return reference;
        }
        var own = (OpenApiSchema)schema;
        own.Description = description;
        if (mustBeThere && type == typeof(string)) own.MinLength = 1;
        if (docs.ExampleOf(member) is { } example) own.Examples = [Parse(example, own)];
        SchemaLimits.Apply(own, member.GetCustomAttributes());
        return own;
    }

    private static bool IsRequired(PropertyInfo member, Direction direction) => direction == Direction.Response
        ? member.GetCustomAttribute<JsonIgnoreAttribute>() is null && ChangedType(member.PropertyType) is null
        : ChangedType(member.PropertyType) is null && HasRequirement(member);

    // Of a change, it says that the member may be absent but not null.
    private static bool HasRequirement(PropertyInfo member) =>
        member.IsDefined(typeof(RequiredMemberAttribute)) || member.IsDefined(typeof(System.ComponentModel.DataAnnotations.RequiredAttribute));

    // Absent instead of null.
    private static bool IsLeftOut(PropertyInfo member, Direction direction) =>
        direction == Direction.Response && member.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.WhenWritingNull };

    private static IOpenApiSchema OrNull(IOpenApiSchema schema)
    {
        if (schema is not OpenApiSchema { Type: not null } own) return schema is OpenApiSchema ? schema : new OpenApiSchema { OneOf = [schema, new OpenApiSchema { Type = JsonSchemaType.Null }] };
        own.Type |= JsonSchemaType.Null;
        return own;
    }

    private static JsonNode Parse(string example, OpenApiSchema schema) =>
        schema.Type?.HasFlag(JsonSchemaType.String) == true ? JsonValue.Create(example) : JsonNode.Parse(example)!;

    private static (string Name, string Value)? DiscriminatorOf(Type type)
    {
        for (var above = type.BaseType; above is not null; above = above.BaseType)
            foreach (var kind in above.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false))
                if (kind.DerivedType == type) return (above.GetCustomAttribute<JsonPolymorphicAttribute>()?.TypeDiscriminatorPropertyName ?? "$type", (string)kind.TypeDiscriminator!);
        return null;
    }

    private static bool HasNull(Type type) => !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;

    private static Type? ChangedType(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Change<>) ? type.GetGenericArguments()[0] : null;
}
