using System.Text.Json;
using CustomerCrm.Bots.Flow;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Bots;

/// <summary>A program that answers customers by rules: which flow is written, and which one answers.</summary>
public sealed record Bot : IHasId, IVersioned
{
    public static string Prefix => "bot";

    public required Id<Bot> Id { get; init; }

    /// <summary>What customers read that it is called.</summary>
    /// <example>Kim</example>
    public required string Name { get; init; }

    /// <summary>Where it answers. On each channel the first that is enabled does.</summary>
    /// <example>["chat"]</example>
    public IReadOnlyList<InteractionChannel> Channels { get; init; } = [];

    /// <summary>Whether it answers. Talks that it is in go on to their end by a person.</summary>
    public required bool IsEnabled { get; init; }

    /// <summary>The latest; 1 for the first, and one more with each change of the flow.</summary>
    public required int Version { get; init; }

    /// <summary>The version that answers; null: none, and then it says nothing.</summary>
    public int? PublishedVersion { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Of the latest version.</summary>
    public required BotFlow Flow { get; init; }

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    internal string ChannelsText => JsonSerializer.Serialize(Channels, StrictJson.Options);

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<Bot> FindAsync(Id<Bot> botId, TenantDb db, CancellationToken ct) =>
        (await db.FindAsync<BotRow>(ById, new { BotId = botId }, ct) ?? throw ApiProblem.NotFound("bot")).ToBot();

    /// <summary>Ends in its WHERE, so that lists narrow the same statement.</summary>
    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT b.Id, b.Name, b.ChannelsText, b.IsEnabled, b.LatestVersion, b.PublishedVersion, b.PublishedAt, v.FlowText, b.Revision, b.CreatedAt, b.UpdatedAt
        FROM Bots b
        JOIN BotVersions v ON v.TenantId = @TenantId AND v.BotId = b.Id AND v.Version = b.LatestVersion
        WHERE b.TenantId = @TenantId
        """);

    private static readonly TenantSql ById = Matching.Then("AND b.Id = @BotId");
}

/// <summary>The same as it is stored.</summary>
internal sealed record BotRow
{
    public required Id<Bot> Id { get; init; }
    public required string Name { get; init; }
    public required string ChannelsText { get; init; }
    public required bool IsEnabled { get; init; }
    public required int LatestVersion { get; init; }
    public int? PublishedVersion { get; init; }
    public DateTimeOffset? PublishedAt { get; init; }
    public required string FlowText { get; init; }
    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    public Bot ToBot() => new()
    {
        Id = Id, Name = Name, Channels = JsonSerializer.Deserialize<InteractionChannel[]>(ChannelsText, StrictJson.Options)!, IsEnabled = IsEnabled, Version = LatestVersion, PublishedVersion = PublishedVersion,
        PublishedAt = PublishedAt, Flow = JsonSerializer.Deserialize<BotFlow>(FlowText, StrictJson.Options)!, Revision = Revision, CreatedAt = CreatedAt, UpdatedAt = UpdatedAt,
    };
}
