using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Platform.OpenApi.Samples;

/// <summary>Believable JSON of a type, with all the members that the API would write: for samples of what has not happened yet.</summary>
public static class MadeUpData
{
    private const int Deepest = 6;

    public static JsonObject Of(Type type) => OfObject(StrictJson.Options.GetTypeInfo(type), 0);

    private static JsonObject OfObject(JsonTypeInfo type, int depth)
    {
        var made = new JsonObject();
        foreach (var property in type.Properties.Where(p => p.Get is not null))
            made[property.Name] = OfValue(property.PropertyType, property.Name, type.Type.Name, depth + 1);
        return made;
    }

    private static JsonNode? OfValue(Type type, string member, string owner, int depth)
    {
        var isNullable = Nullable.GetUnderlyingType(type) is not null || !type.IsValueType;
        if (isNullable && SampleValues.IsUsuallyNull(member)) return null;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return SampleValues.Text(member, owner);
        if (type == typeof(bool)) return SampleValues.Boolean(member);
        if (type == typeof(int) || type == typeof(long)) return SampleValues.Integer(member);
        if (type == typeof(double) || type == typeof(decimal)) return SampleValues.Number(member);
        if (type == typeof(DateTimeOffset)) return SampleValues.Time(member);
        if (type == typeof(DateOnly)) return SampleValues.Day(member);
        if (type.IsEnum) return JsonNamingPolicy.SnakeCaseLower.ConvertName(Enum.GetNames(type)[0]);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Id<>)) return SampleValues.Id($"^{PrefixOf(type.GetGenericArguments()[0])}_[0-7]");
        if (depth > Deepest) return null;
        var info = StrictJson.Options.GetTypeInfo(type);
        return info.Kind switch
        {
            JsonTypeInfoKind.Object => OfObject(info, depth),
            JsonTypeInfoKind.Enumerable => typeof(IEnumerable).IsAssignableFrom(type) && info.ElementType is { } element ? new JsonArray(OfValue(element, member.TrimEnd('s'), owner, depth + 1)) : [],
            _ => new JsonObject(), // a dictionary, or JSON of any kind
        };
    }

    private static string PrefixOf(Type kind) => (string)kind.GetProperty(nameof(IHasId.Prefix))!.GetValue(null)!;
}
