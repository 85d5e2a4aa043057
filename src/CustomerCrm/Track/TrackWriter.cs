using System.Text;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Resolution;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Track.Visitors;

namespace CustomerCrm.Track;

/// <summary>Writes what was done. A visitor's doings are news from the day on that somebody knows whose they are.</summary>
internal sealed class TrackWriter(TenantDb db, CustomerFinder finder, VisitorBook visitors, NameBook names, EventLog events, TimeProvider clock)
{
    // Clocks go wrong by hours, not by more.
    private static readonly TimeSpan tolerance = TimeSpan.FromDays(1);

    /// <returns>201 and the new one's receipt; 200 and that of the one there is, if it has the same unique id.</returns>
    /// <exception cref="ApiProblem">403, 404 and 422, before anything is written.</exception>
    public async Task<(int Status, TrackEvent.Receipt Receipt)> RecordAsync(TrackEvent.Request request, TrackOrigin origin, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (request.OccurredAt > now + tolerance) throw ApiProblem.Invalid("/occurred_at", "in_the_future", "What is tracked has happened already.");
        // Anyone can read a publishable key: with it one could write into anybody's history, or make customers.
        if (origin == TrackOrigin.Browser && request.SaysWhose)
            throw ApiProblem.Forbidden("customer_not_allowed", "A publishable key tracks anonymous_id only. Say whose it is with a secret key, by identify.");
        if (await FindAsync(request.UniqueId, origin, ct) is { } known) return (StatusCodes.Status200OK, known);

        var tracked = new TrackedEvent
        {
            Id = Id<TrackedEvent>.New(),
            CustomerId = await OwnerAsync(request, ct),
            AnonymousId = request.AnonymousId,
            Name = request.Name,
            Properties = request.Properties,
            OccurredAt = request.OccurredAt ?? now,
            Origin = origin,
            UniqueId = request.UniqueId,
            ReceivedAt = now,
        };
        try
        {
            if (await db.ExecuteAsync(tracked.CustomerId is null ? InsertOfNobody : Insert, RowOf(tracked), ct) == 0) throw ApiProblem.NotFound("customer");
        }
        catch (DuplicateKeyException) when (request.UniqueId is not null) // somebody was faster
        {
            return (StatusCodes.Status200OK, (await FindAsync(request.UniqueId, origin, ct))!);
        }
        await names.NoteAsync(tracked.Name, ct);
        if (tracked.CustomerId is { } customerId) events.Record("tracked_event.recorded", tracked, customerId.Value);
        return (StatusCodes.Status201Created, new TrackEvent.Receipt { Id = tracked.Id, IsDuplicate = false, CustomerId = tracked.CustomerId });
    }

    private async Task<Id<Customer>?> OwnerAsync(TrackEvent.Request request, CancellationToken ct)
    {
        if (!request.SaysWhose) return await visitors.OwnerAsync(request.AnonymousId!, ct);
        var customerId = request.CustomerId ?? await finder.FindOrCreateAsync(request.Customer!, "/customer", ct);
        if (request.AnonymousId is not null) await visitors.TieAsync(request.AnonymousId, customerId, ct);
        return customerId;
    }

    private async Task<TrackEvent.Receipt?> FindAsync(string? uniqueId, TrackOrigin origin, CancellationToken ct)
    {
        if (uniqueId is null) return null;
        var found = await db.FindAsync<TrackEvent.Receipt>(ByUniqueId, new { UniqueKey = Encoding.UTF8.GetBytes(uniqueId), Origin = origin }, ct);
        return found is null ? null : found with { IsDuplicate = true };
    }

    private static object RowOf(TrackedEvent e) => new
    {
        e.Id,
        e.CustomerId,
        e.AnonymousId,
        AnonymousKey = e.AnonymousId is null ? null : Encoding.UTF8.GetBytes(e.AnonymousId),
        e.Name,
        NameKey = Encoding.UTF8.GetBytes(e.Name),
        Properties = e.PropertiesText,
        e.OccurredAt,
        OccurredTicks = e.OccurredAt.UtcTicks,
        e.Origin,
        e.UniqueId,
        UniqueKey = e.UniqueId is null ? null : Encoding.UTF8.GetBytes(e.UniqueId),
        e.ReceivedAt,
    };

    // Selecting from Customers makes another tenant's customer insert nothing.
    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO TrackedEvents (TenantId, Id, CustomerId, AnonymousId, AnonymousKey, Name, NameKey, Properties, OccurredAt, OccurredTicks,
            Origin, UniqueId, UniqueKey, ReceivedAt)
        SELECT c.TenantId, @Id, c.Id, CAST(@AnonymousId AS NVARCHAR(200)), @AnonymousKey, CAST(@Name AS NVARCHAR(100)), @NameKey, @Properties, @OccurredAt, @OccurredTicks,
            @Origin, CAST(@UniqueId AS NVARCHAR(200)), @UniqueKey, @ReceivedAt
        FROM Customers c
        WHERE c.TenantId = @TenantId
          AND c.Id = @CustomerId
        """);

    private static readonly TenantSql InsertOfNobody = TenantSql.Of("""
        INSERT INTO TrackedEvents (TenantId, Id, CustomerId, AnonymousId, AnonymousKey, Name, NameKey, Properties, OccurredAt, OccurredTicks,
            Origin, UniqueId, UniqueKey, ReceivedAt)
        VALUES (@TenantId, @Id, NULL, @AnonymousId, @AnonymousKey, @Name, @NameKey, @Properties, @OccurredAt, @OccurredTicks,
            @Origin, @UniqueId, @UniqueKey, @ReceivedAt)
        """);

    private static readonly TenantSql ByUniqueId = TenantSql.Of("""
        SELECT e.Id, e.CustomerId
        FROM TrackedEvents e
        WHERE e.TenantId = @TenantId
          AND e.UniqueKey = @UniqueKey
          AND e.Origin = @Origin
        """);
}
