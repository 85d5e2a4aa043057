using System.Globalization;
using System.Text.Json;
using CustomerCrm.Bots.Flow;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Bots;

/// <summary>A flow as it was written at one time.</summary>
public sealed record BotVersion
{
    public required int Version { get; init; }

    /// <summary>Whether it is the one that answers.</summary>
    public required bool IsPublished { get; init; }

    public BotFlow Flow => JsonSerializer.Deserialize<BotFlow>(FlowText, StrictJson.Options)!;

    /// <summary>Who wrote it, as they were called then.</summary>
    public Actor Author => new(AuthorKind, AuthorId, AuthorName);

    public required DateTimeOffset CreatedAt { get; init; }

    internal string FlowText { get; init; } = "";
    internal ActorKind AuthorKind { get; init; }
    internal string? AuthorId { get; init; }
    internal string AuthorName { get; init; } = "";
}

/// <summary>GET /bots/{bot_id}/versions, and back to one.</summary>
public static class ListBotVersions
{
    private const int Most = 100;

    public sealed record Response
    {
        /// <summary>The latest first; at most 100.</summary>
        public required IReadOnlyList<BotVersion> Data { get; init; }
    }

    internal static async Task<Response> Handle([FromRoute(Name = "bot_id")] Id<Bot> botId, TenantDb db, CancellationToken ct)
    {
        await Bot.FindAsync(botId, db, ct);
        return new Response { Data = await db.QueryTopAsync<BotVersion>(LatestFirst, Most, new { BotId = botId }, ct) };
    }

    internal static async Task<Bot> Restore([FromRoute(Name = "bot_id")] Id<Bot> botId, [FromRoute(Name = "bot_version")] string version, IfMatch ifMatch, TenantDb db, BotWriter writer, CancellationToken ct)
    {
        var current = await Bot.FindAsync(botId, db, ct);
        ifMatch.Check(current.Revision);
        var former = int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? await db.FindAsync<BotVersion>(ByNumber, new { BotId = botId, Version = number }, ct) : null;
        return await writer.ChangeAsync(current, current with { Flow = (former ?? throw ApiProblem.NotFound("version")).Flow }, ct);
    }

    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT v.Version, CASE WHEN b.PublishedVersion = v.Version THEN 1 ELSE 0 END AS IsPublished, v.FlowText, v.AuthorKind, v.AuthorId, v.AuthorName, v.CreatedAt
        FROM BotVersions v
        JOIN Bots b ON b.TenantId = @TenantId AND b.Id = v.BotId
        WHERE v.TenantId = @TenantId
          AND v.BotId = @BotId
        """);

    private static readonly TenantSql ByNumber = Matching.Then("AND v.Version = @Version");

    private static readonly TenantSql LatestFirst = Matching.Then("ORDER BY v.Version DESC");
}
