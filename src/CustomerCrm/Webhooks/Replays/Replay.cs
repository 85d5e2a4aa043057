using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Webhooks;

namespace CustomerCrm.Webhooks.Replays;

/// <summary>Events of the last 30 days that a webhook is sent once more.</summary>
public sealed record Replay : IHasId, IVersioned
{
    public static string Prefix => "rpl";

    public required Id<Replay> Id { get; init; }
    public required Id<Webhook> WebhookId { get; init; }

    /// <summary>Events from then on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Events before then.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only these types; none named: all that the webhook hears.</summary>
    public IReadOnlyList<string> Types => TypeText.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Only these events, where any are named.</summary>
    public IReadOnlyList<Id<Event>> EventIds => [.. EventIdText.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => Id<Event>.Parse(id))];

    /// <summary>Only events whose delivery stood so when its turn came; none named: also those that never had one.</summary>
    public IReadOnlyList<DeliveryStatus> Statuses => [.. StatusText.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<DeliveryStatus>)];

    public required ReplayStatus Status { get; init; }

    /// <summary>How many deliveries it has asked for so far.</summary>
    public required int FoundCount { get; init; }

    /// <summary>How much of the feed it has gone through, from 0 to 1.</summary>
    public double Progress => Status == ReplayStatus.Finished || LastSeq <= FirstSeq ? 1 : Math.Clamp((double)(NextSeq - FirstSeq) / (LastSeq - FirstSeq), 0, 1);

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }

    internal string TypeText { get; init; } = "";
    internal string EventIdText { get; init; } = "";
    internal string StatusText { get; init; } = "";
    internal long FirstSeq { get; init; }
    internal long NextSeq { get; init; }
    internal long LastSeq { get; init; }

    /// <exception cref="ApiProblem">404: this webhook has none of this id.</exception>
    internal static async Task<Replay> FindAsync(Id<Webhook> webhookId, Id<Replay> replayId, TenantDb db, CancellationToken ct) =>
        await LookAsync(replayId, db, ct) is { } replay && replay.WebhookId == webhookId ? replay : throw ApiProblem.NotFound("replay");

    /// <summary>Null if its webhook was deleted.</summary>
    internal static Task<Replay?> LookAsync(Id<Replay> replayId, TenantDb db, CancellationToken ct) => db.FindAsync<Replay>(ById, new { ReplayId = replayId }, ct);

    private static readonly TenantSql ById = TenantSql.Of("""
        SELECT r.Id, r.WebhookId, r.FromAt AS "From", r.ToAt AS "To", r.Types AS TypeText, r.EventIds AS EventIdText, r.Statuses AS StatusText, r.Status, r.Found AS FoundCount,
               r.FirstSeq, r.NextSeq, r.LastSeq, r.Revision, r.CreatedAt, r.FinishedAt
        FROM WebhookReplays r
        WHERE r.TenantId = @TenantId AND r.Id = @ReplayId
        """);
}

/// <summary>Where a replay is. The numbers are stored.</summary>
public enum ReplayStatus
{
    Running = 1,
    Finished = 2,

    /// <summary>The webhook was disabled meanwhile.</summary>
    Stopped = 3,
}
