using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Teams;
using CustomerCrm.Users;

namespace CustomerCrm.CannedResponses;

/// <summary>An answer that is written once and given often, with fields for the customer, the ticket and the agent.</summary>
/// <example>{"id":"can_01mv4q0800ebxvvk1mr9tcr6ws","name":"On its way","body":"Hello {{customer.first_name}}, your parcel has left. Yours, {{agent.name}}","defaults":{"customer.first_name":"there"},"language":"en","shared_with":"everybody","team_id":null,"owner_id":null,"revision":1,"created_at":"2030-01-15T09:00:00Z","updated_at":"2030-01-15T09:30:00Z"}</example>
public sealed record CannedResponse : IHasId, IVersioned
{
    public static string Prefix => "can";

    public required Id<CannedResponse> Id { get; init; }
    public required string Name { get; init; }

    /// <summary>Plain text with merge fields in double braces.</summary>
    public required string Body { get; init; }

    /// <summary>What stands for a field that is empty, by the field's name.</summary>
    public IReadOnlyDictionary<string, string> Defaults
    {
        get => JsonSerializer.Deserialize<Dictionary<string, string>>(DefaultsText, StrictJson.Options)!;
        init => DefaultsText = JsonSerializer.Serialize(new SortedDictionary<string, string>(value.ToDictionary(), StringComparer.Ordinal), StrictJson.Options);
    }

    /// <summary>A BCP 47 tag; null for any.</summary>
    public string? Language { get; init; }

    public SharedWith SharedWith { get => Visibility; init => Visibility = value; }

    /// <summary>Whose it is, where it is a team's.</summary>
    public Id<Team>? TeamId { get; init; }

    /// <summary>Who made it; null for a key.</summary>
    public Id<User>? OwnerId { get; init; }

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonIgnore] internal SharedWith Visibility { get; init; } = SharedWith.Everybody;
    [JsonIgnore] internal string DefaultsText { get; init; } = "{}";

    internal static readonly TenantSql All = TenantSql.Of("""
        SELECT x.Id, x.Name, x.Body, x.DefaultsText, x.Language, x.Visibility,
            (SELECT t.Id FROM Teams t WHERE t.TenantId = x.TenantId AND t.Id = x.TeamId) AS TeamId,
            (SELECT u.Id FROM Users u WHERE u.TenantId = x.TenantId AND u.Id = x.OwnerId) AS OwnerId,
            x.Revision, x.CreatedAt, x.UpdatedAt
        FROM CannedResponses x
        WHERE x.TenantId = @TenantId
        """);
}
