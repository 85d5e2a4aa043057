using System.Globalization;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Events;

/// <summary>GET /v1/events: the feed. A cursor is the number of the last event seen; numbers become visible in their order.</summary>
public static class ReadEvents
{
    private const int MaxLimit = 100, DefaultLimit = 50;

    /// <summary>A part of the feed.</summary>
    public sealed record Feed
    {
        public required IReadOnlyList<EventEntry> Data { get; init; }

        /// <summary>Whether the next page can be asked for at once.</summary>
        public required bool HasMore { get; init; }

        /// <summary>Send it as <c>after</c>, now or later. Always there.</summary>
        public required string NextCursor { get; init; }
    }

    internal static async Task<Feed> Handle(
        [FromQuery] string? after, [FromQuery] int? limit, [FromQuery(Name = "filter[type][eq]")] string? type, TenantDb db, CancellationToken ct)
    {
        var take = limit ?? DefaultLimit;
        if (take is < 1 or > MaxLimit) throw ApiProblem.BadQuery("limit", "out_of_range", $"A whole number from 1 to {MaxLimit}.");

        // The head first: all events up to it are committed. One that commits later has a higher number.
        var head = await db.FindAsync<long?>(Head, null, ct) ?? 0;
        var from = ReadCursor(after, head);
        var oldest = await db.FindAsync<long?>(Oldest, null, ct) ?? head + 1;
        if (after is not null && from + 1 < oldest)
            throw ApiProblem.Other(410, "cursor_expired", "Events behind this cursor are older than 30 days and gone. Begin again without it.");

        var rows = await db.QueryTopAsync<StoredEvent>(Between, take + 1, new { After = from, Head = head, Type = type }, ct);
        var hasMore = rows.Count > take;
        var shown = hasMore ? rows.Take(take).ToArray() : rows;
        return new Feed
        {
            Data = [.. shown.Select(e => e.ToEntry())],
            HasMore = hasMore,
            NextCursor = (hasMore ? shown[^1].Seq : head).ToString(CultureInfo.InvariantCulture),
        };
    }

    private static long ReadCursor(string? after, long head)
    {
        if (after is null) return 0;
        return long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) && seq <= head
            ? seq
            : throw ApiProblem.BadQuery("after", "cursor_invalid", "Not a cursor of this feed: send the next_cursor of a page, or nothing to begin with the oldest event.");
    }

    private static readonly TenantSql Head = TenantSql.Of("""
        SELECT h.LastSeq
        FROM EventHeads h
        WHERE h.TenantId = @TenantId
        """);

    private static readonly TenantSql Oldest = TenantSql.Of("""
        SELECT MIN(e.Seq) AS Seq
        FROM Events e
        WHERE e.TenantId = @TenantId
        """);

    private static readonly TenantSql Between = TenantSql.Of("""
        SELECT e.Seq, e.Id, e.Type, e.CustomerId, e.IsQuiet, e.OccurredAt, e.TraceId, e.CauseId, e.Data
        FROM Events e
        WHERE e.TenantId = @TenantId AND e.Seq > @After AND e.Seq <= @Head
          AND (@Type IS NULL OR e.Type = @Type)
        ORDER BY e.Seq
        """);
}
