using System.Text.Json.Serialization;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Teams;
using CustomerCrm.Users;

namespace CustomerCrm.Tickets.Views;

/// <summary>A question to the list of tickets under a name. <c>GET /v1/tickets?view=</c> and its id asks it.</summary>
/// <example>{"id":"tvw_01mv4q0800ebxvvk1mr9tcr6ws","name":"Urgent and untouched","query":"filter[category][eq]=new&amp;filter[priority][eq]=urgent","shared_with":"everybody","team_id":null,"owner_id":null,"revision":1,"created_at":"2030-01-15T09:00:00Z","updated_at":"2030-01-15T09:30:00Z"}</example>
public sealed record TicketView : IHasId, IVersioned
{
    public static string Prefix => "tvw";

    public required Id<TicketView> Id { get; init; }
    public required string Name { get; init; }

    /// <summary>Filters and order, as they would stand in the list's address.</summary>
    public required string Query { get; init; }

    [JsonIgnore] internal SharedWith Visibility { get; init; } = SharedWith.Everybody;

    public SharedWith SharedWith { get => Visibility; init => Visibility = value; }

    /// <summary>Whose it is, where it is a team's.</summary>
    public Id<Team>? TeamId { get; init; }

    /// <summary>Who made it; null for a key.</summary>
    public Id<User>? OwnerId { get; init; }

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    internal static readonly TenantSql All = TenantSql.Of("""
        SELECT x.Id, x.Name, x.Query, x.Visibility,
            (SELECT t.Id FROM Teams t WHERE t.TenantId = x.TenantId AND t.Id = x.TeamId) AS TeamId,
            (SELECT u.Id FROM Users u WHERE u.TenantId = x.TenantId AND u.Id = x.OwnerId) AS OwnerId,
            x.Revision, x.CreatedAt, x.UpdatedAt
        FROM TicketViews x
        WHERE x.TenantId = @TenantId
        """);
}
