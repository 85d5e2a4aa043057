using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Metadata;

/// <summary>What every tenant has: taken from the lists that are mapped and from what their rows show, so that there is no other list to keep.</summary>
internal sealed class FixedFields(EndpointDataSource endpoints)
{
    private readonly Lazy<IReadOnlyList<Listed>> all = new(() =>
    [
        .. endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.Parameters.Count == 0 && endpoint.Metadata.GetMetadata<IListDefinition>() is not null
                && endpoint.Metadata.GetMetadata<AccessRule>() is { Scope: not null })
            .Select(endpoint => Of("/" + endpoint.RoutePattern.RawText!.Trim('/'), endpoint.Metadata.GetRequiredMetadata<IListDefinition>()))
            .OrderBy(listed => listed.Resource.Name, StringComparer.Ordinal),
    ]);

    /// <param name="Resource">Without the tenant's own fields.</param>
    /// <param name="TakesOwn">Whether it has such.</param>
    internal sealed record Listed(TenantMetadata.Resource Resource, bool TakesOwn);

    public IReadOnlyList<Listed> All => all.Value;

    private static Listed Of(string path, IListDefinition list)
    {
        var shown = StrictJson.Options.GetTypeInfo(list.RowType).Properties.Where(property => property.Get is not null && property.Name != list.OwnPrefix).ToDictionary(property => property.Name, property => property.PropertyType);
        var names = shown.Keys.Concat(list.Filters.Select(filter => filter.Field)).Concat(list.Sorts).Distinct();
        return new Listed(new TenantMetadata.Resource { Name = path[4..], Path = path, Fields = [.. names.Select(FieldOf)] }, list.OwnPrefix is not null);

        TenantMetadata.Field FieldOf(string name)
        {
            var filters = list.Filters.Where(filter => filter.Field == name).ToArray();
            var choices = shown.TryGetValue(name, out var type) ? ChoicesOf(type) : filters.FirstOrDefault()?.Type.Values;
            return new TenantMetadata.Field
            {
                Name = name,
                Type = type is not null ? TypeOf(type) : filters.Length > 0 ? TypeOf(filters[0].Type) : "integer",
                IsCustom = false,
                IsShown = type is not null,
                IsSortable = list.Sorts.Contains(name),
                Operators = [.. filters.Select(filter => new TenantMetadata.FilterOperator { Name = filter.Operator, TakesMany = filter.TakesMany, Example = filter.Type.Example })],
                Choices = choices is null ? null : [.. choices.Select(choice => new TenantMetadata.Choice { Name = choice, Label = choice, IsRetired = false })],
            };
        }
    }

    private static string TypeOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(string) => "text",
        var t when t == typeof(bool) => "boolean",
        var t when t == typeof(int) || t == typeof(long) => "integer",
        var t when t == typeof(double) || t == typeof(decimal) => "number",
        var t when t == typeof(DateTimeOffset) => "time",
        var t when t == typeof(DateOnly) => "date",
        { IsEnum: true } => "choice",
        { IsGenericType: true } t when t.GetGenericTypeDefinition() == typeof(Id<>) => "id",
        var t when t.IsAssignableTo(typeof(IEnumerable)) => "list",
        _ => "object",
    };

    private static string TypeOf(FilterType type) => (type.JsonType, type.Format) switch
    {
        _ when type.Values is not null => "choice",
        _ when type.Pattern is not null => "id",
        ("string", "date-time") => "time",
        ("string", "date") => "date",
        ("string", _) => "text",
        var (name, _) => name,
    };

    private static IReadOnlyList<string>? ChoicesOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } choice
        ? [.. choice.GetFields(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static).Select(member =>
            member.GetCustomAttributes(typeof(JsonStringEnumMemberNameAttribute), false).OfType<JsonStringEnumMemberNameAttribute>().FirstOrDefault()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(member.Name))]
        : null;
}
