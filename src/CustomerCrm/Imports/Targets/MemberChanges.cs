using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerCrm.Imports.Running;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Imports.Targets;

/// <summary>What differs between two states of a resource, member by member as the API shows it, and the way back. Pure.</summary>
internal static class MemberChanges
{
    // They change with every change.
    private static readonly string[] always = ["revision", "created_at", "updated_at"];

    public static IReadOnlyList<FieldChange> Between<T>(T before, T after) where T : class
    {
        var (from, to) = (JsonSerializer.SerializeToNode(before, StrictJson.Options)!.AsObject(), JsonSerializer.SerializeToNode(after, StrictJson.Options)!.AsObject());
        return
        [
            .. from name in @from.Select(member => member.Key).Union(to.Select(member => member.Key))
               where !always.Contains(name) && !JsonNode.DeepEquals(@from[name], to[name])
               select new FieldChange { Field = name, From = TextOf(@from[name]), To = TextOf(to[name]) },
        ];
    }

    /// <summary>As it was before the changes; what they do not name stays as it is now.</summary>
    public static T Before<T>(T current, IEnumerable<FieldChange> changes) where T : class
    {
        var members = JsonSerializer.SerializeToNode(current, StrictJson.Options)!.AsObject();
        foreach (var change in changes) members[change.Field] = NodeOf(change.From);
        return members.Deserialize<T>(StrictJson.Options)!;
    }

    // JSON text, so that the way back is exact: a text is in quotes.
    private static string? TextOf(JsonNode? node) => node?.ToJsonString(StrictJson.Options);

    private static JsonNode? NodeOf(string? text) => text is null ? null : JsonNode.Parse(text);
}
