using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Platform.History;

/// <summary>A member of a resource that follows from its others, which the history tells, or is another system's own affair.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotInHistoryAttribute : Attribute;

/// <summary>One member that is not what it was, by its name on the wire; the values are JSON.</summary>
public sealed record FieldDifference(string Field, string? From, string? To)
{
    public static string? Json(object? value) => value is null ? null : JsonSerializer.Serialize(value, value.GetType(), StrictJson.Options);
}

/// <summary>In which members two states of a resource differ. Pure.</summary>
public static class FieldDifferences
{
    // What every change changes, or none can.
    private static readonly HashSet<string> unsaid = new(["id", "revision", "created_at", "updated_at"], StringComparer.Ordinal);

    /// <summary>Members of a dictionary, <c>custom_fields</c>, count each by itself: <c>custom_fields.size</c>.</summary>
    public static IReadOnlyList<FieldDifference> Between<T>(T before, T after) where T : notnull
    {
        var differences = new List<FieldDifference>();
        foreach (var member in MembersOf(before.GetType()))
        {
            var (was, becomes) = (member.Get!(before), member.Get(after));
            if (Equals(was, becomes)) continue;
            if (typeof(IEnumerable).IsAssignableFrom(member.PropertyType) && IsDictionary(member.PropertyType)) differences.AddRange(Within(member.Name, was, becomes));
            else if (FieldDifference.Json(was) is var from && FieldDifference.Json(becomes) is var to && from != to) differences.Add(new FieldDifference(member.Name, from, to));
        }
        return differences;
    }

    /// <summary>The members that a change speaks of, by their names on the wire.</summary>
    internal static IEnumerable<string> SaidBy(object change) =>
        from member in StrictJson.Options.GetTypeInfo(change.GetType()).Properties
        where member.Get is not null && member.Get(change) is { } said && said is not IChange { IsSet: false }
        select member.Name;

    private static IEnumerable<JsonPropertyInfo> MembersOf(Type type) => StrictJson.Options.GetTypeInfo(type).Properties
        .Where(p => p.Get is not null && !unsaid.Contains(p.Name) && p.AttributeProvider?.IsDefined(typeof(NotInHistoryAttribute), inherit: true) != true);

    private static IEnumerable<FieldDifference> Within(string member, object? was, object? becomes)
    {
        var (before, after) = (Members(was), Members(becomes));
        foreach (var name in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal))
            if (before.GetValueOrDefault(name) is var from && after.GetValueOrDefault(name) is var to && from != to)
                yield return new FieldDifference($"{member}.{name}", from, to);
    }

    private static Dictionary<string, string?> Members(object? dictionary) => dictionary is null
        ? []
        : JsonSerializer.SerializeToElement(dictionary, dictionary.GetType(), StrictJson.Options).EnumerateObject()
            .ToDictionary(p => p.Name, p => p.Value.ValueKind == JsonValueKind.Null ? null : p.Value.GetRawText(), StringComparer.Ordinal);

    private static bool IsDictionary(Type type) => type.GetInterfaces().Append(type)
        .Any(i => i.IsGenericType && (i.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) || i.GetGenericTypeDefinition() == typeof(IDictionary<,>)));
}
