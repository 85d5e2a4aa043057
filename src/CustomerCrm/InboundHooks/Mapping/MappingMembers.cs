using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CustomerCrm.Customers;
using CustomerCrm.Interactions;
using CustomerCrm.Orders.External;
using CustomerCrm.Platform.Json;
using CustomerCrm.Track;

namespace CustomerCrm.InboundHooks.Mapping;

/// <summary>Which members the bodies have that a mapping writes: read off the requests themselves, so that a misspelt one is refused when the mapping is saved.</summary>
internal static class MappingMembers
{
    public static Type BodyOf(HookResource resource) => resource switch
    {
        HookResource.Customer => typeof(CustomerDetails),
        HookResource.Order => typeof(UpsertOrders.Item),
        HookResource.Interaction => typeof(RecordInteraction.Request),
        _ => typeof(TrackEvent.Request),
    };

    /// <returns>Which member of the mapping is wrong, and why; null where it is right.</returns>
    public static (string Where, string Detail)? WhyNot(HookResource resource, FieldMapping field) => WhyNot(BodyOf(resource), field, "");

    private static (string, string)? WhyNot(Type body, FieldMapping field, string where)
    {
        if (field.To is null || PayloadPointer.Parts(field.To) is not { } parts) return null; // said by the rule of the member itself
        if (!TryFollow(body, parts, out var found)) return ($"{where}To", $"There is no {field.To} in what is written.");
        if (field.Each is not { Fields: { } fields }) return null;
        if (found is not null && ElementOf(found) is null) return ($"{where}To", $"{field.To} is no list.");
        var element = found is null ? null : ElementOf(found);
        foreach (var (i, inner) in fields.Index())
            if (element is not null && inner is not null && WhyNot(element, inner, $"{where}Each.Fields[{i}].") is { } wrong) return wrong;
        return null;
    }

    // Null: anything may stand there.
    private static bool TryFollow(Type body, IReadOnlyList<string> parts, out Type? found)
    {
        found = Bare(body);
        foreach (var part in parts)
        {
            if (found is null) return true;
            var info = StrictJson.Options.GetTypeInfo(found);
            if (info.Kind == JsonTypeInfoKind.Object)
            {
                if (info.Properties.FirstOrDefault(property => property.Name == part) is not { } member) return false;
                found = Bare(member.PropertyType);
            }
            else if (info.Kind == JsonTypeInfoKind.Enumerable)
            {
                if (PayloadPointer.IndexOf(part) is not < 50) return false;
                found = ElementOf(found);
            }
            else if (info.Kind == JsonTypeInfoKind.Dictionary) found = null;
            else return found == typeof(JsonElement);
        }
        return true;
    }

    private static Type? Bare(Type type)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Change<>)) type = type.GetGenericArguments()[0];
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(JsonElement) ? null : type;
    }

    private static Type? ElementOf(Type list) => StrictJson.Options.GetTypeInfo(list) is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } ? Bare(element) : null;
}
