using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Teams;
using CustomerCrm.Users;

namespace CustomerCrm.Macros;

/// <summary>Steps that are taken together on a ticket, under a name.</summary>
public sealed record Macro : IHasId, IVersioned
{
    public static string Prefix => "mac";

    public required Id<Macro> Id { get; init; }

    /// <example>Ask for the order number</example>
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>In the order in which they are taken.</summary>
    public IReadOnlyList<MacroAction> Actions
    {
        get => JsonSerializer.Deserialize<MacroAction[]>(ActionsText, StrictJson.Options)!;
        init => ActionsText = JsonSerializer.Serialize(value, StrictJson.Options);
    }

    public SharedWith SharedWith { get => Visibility; init => Visibility = value; }

    /// <summary>Whose it is, where it is a team's.</summary>
    public Id<Team>? TeamId { get; init; }

    /// <summary>Who made it; null for a key.</summary>
    public Id<User>? OwnerId { get; init; }

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonIgnore] internal SharedWith Visibility { get; init; } = SharedWith.Everybody;
    [JsonIgnore] internal string ActionsText { get; init; } = "[]";

    internal static readonly TenantSql All = TenantSql.Of("""
        SELECT x.Id, x.Name, x.Description, x.ActionsText, x.Visibility,
            (SELECT t.Id FROM Teams t WHERE t.TenantId = x.TenantId AND t.Id = x.TeamId) AS TeamId,
            (SELECT u.Id FROM Users u WHERE u.TenantId = x.TenantId AND u.Id = x.OwnerId) AS OwnerId,
            x.Revision, x.CreatedAt, x.UpdatedAt
        FROM Macros x
        WHERE x.TenantId = @TenantId
        """);
}
