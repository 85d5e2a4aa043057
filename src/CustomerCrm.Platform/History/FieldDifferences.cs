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

    /// <summary>Members of an object within, <c>custom_fields</c>, count each by itself: <c>custom_fields.size</c>.</summary>
    public static IReadOnlyList<FieldDifference> Between<T>(T before, T after) where T : notnull
    {
        var differences = new List<FieldDifference>();
        foreach (var member in MembersOf(before.GetType()))
        {
            var (was, becomes) = (member.Get!(before), member.Get(after));
            if (Equals(was, becomes)) continue;
            var (from, to) = (FieldDifference.Json(was), FieldDifference.Json(becomes));
            if (IsObject(from) || IsObject(to)) differences.AddRange(Within(member.Name, MembersOf(from), MembersOf(to)));
            else if (from != to) differences.Add(new FieldDifference(member.Name, from, to));
        }
        return differences;
    }

    /// <summary>The members that a change speaks of, by the names that differences would have.</summary>
    internal static IEnumerable<string> SaidBy(object change)
    {
        foreach (var member in StrictJson.Options.GetTypeInfo(change.GetType()).Properties.Where(p => p.Get is not null))
        {
            if (member.Get!(change) is not { } said || said is IChange { IsSet: false }) continue;
            var json = FieldDifference.Json(said is IChange set ? set.Value : said);
            if (!IsObject(json)) yield return member.Name;
            else foreach (var name in MembersOf(json).Keys) yield return $"{member.Name}.{name}";
        }
    }

    private static IEnumerable<JsonPropertyInfo> MembersOf(Type type) => StrictJson.Options.GetTypeInfo(type).Properties
        .Where(p => p.Get is not null && !unsaid.Contains(p.Name) && p.AttributeProvider?.IsDefined(typeof(NotInHistoryAttribute), inherit: true) != true);

    private static IEnumerable<FieldDifference> Within(string member, Dictionary<string, string?> before, Dictionary<string, string?> after) =>
        from name in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal)
        let was = before.GetValueOrDefault(name)
        let becomes = after.GetValueOrDefault(name)
        where was != becomes
        select new FieldDifference($"{member}.{name}", was, becomes);

    private static bool IsObject(string? json) => json is ['{', ..];

    private static Dictionary<string, string?> MembersOf(string? json) => !IsObject(json)
        ? []
        : JsonElement.Parse(json!).EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ValueKind == JsonValueKind.Null ? null : p.Value.GetRawText(), StringComparer.Ordinal);
}
