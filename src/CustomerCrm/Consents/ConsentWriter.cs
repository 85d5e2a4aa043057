using System.Text;
using CustomerCrm.Consents.Ledger;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Secrets;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Tenancy;

namespace CustomerCrm.Consents;

/// <summary>
/// The only way into the ledger of consents. In the caller's transaction it writes the entry, derives what holds now, and tells
/// <c>consent.changed</c> or <c>consent.pending</c> where that is otherwise than before.
/// </summary>
public sealed class ConsentWriter
{
    private static readonly TimeSpan tolerance = TimeSpan.FromDays(1);

    private readonly TenantDb db;
    private readonly ConsentStates states;
    private readonly TopicNames topics;
    private readonly SecretBox box;
    private readonly CurrentTenant tenant;
    private readonly Caller caller;
    private readonly EventLog events;
    private readonly TimeProvider clock;

    internal ConsentWriter(TenantDb db, ConsentStates states, TopicNames topics, SecretBox box, CurrentTenant tenant, Caller caller, EventLog events, TimeProvider clock) =>
        (this.db, this.states, this.topics, this.box, this.tenant, this.caller, this.events, this.clock) = (db, states, topics, box, tenant, caller, events, clock);

    /// <returns>201 and the new entry; 200 and the one there is, if it has the same source and external id.</returns>
    /// <exception cref="ApiProblem">404: no such customer. 422: the topic is unknown or of another purpose, or it is said ahead of time. Then nothing was written.</exception>
    public async Task<(int Status, ConsentEntry Entry)> RecordAsync(ConsentChange change, CancellationToken ct)
    {
        var (now, externalKey) = (clock.GetUtcNow(), KeyOf(change));
        // Whoever writes for the same customer waits here, and then sees what was written.
        if (await db.FindAsync<Id<Customer>?>(Hold, new { change.CustomerId }, ct) is null) throw ApiProblem.NotFound("customer");
        await CheckAsync(change, ct);
        if (await KnownAsync(change, ct) is { } known) return (StatusCodes.Status200OK, known);

        var entry = EntryOf(change, await MomentAsync(change, now, ct), now);
        try
        {
            await db.ExecuteAsync(Insert, RowOf(entry, externalKey), ct);
        }
        catch (DuplicateKeyException) when (externalKey is not null) // for another customer, at the same moment
        {
            return (StatusCodes.Status200OK, (await db.FindAsync<ConsentEntry>(Known, new { change.Source, ExternalKey = externalKey }, ct))!);
        }
        foreach (var (consent, before) in await states.DeriveAsync(change.CustomerId, change.Purpose, change.Channel, change.Topic, ct))
            events.Record(consent.State == ConsentState.Pending ? "consent.pending" : "consent.changed", ChangedConsent.Of(consent, before), change.CustomerId.Value);
        return (StatusCodes.Status201Created, entry);
    }

    /// <summary>Whether it could be recorded, of a customer there is.</summary>
    /// <exception cref="ApiProblem">422: the topic is unknown or of another purpose, or it is said ahead of time.</exception>
    public Task CheckAsync(ConsentChange change, CancellationToken ct) => change.OccurredAt > clock.GetUtcNow() + tolerance
        ? throw ApiProblem.Invalid("/occurred_at", "in_the_future", "It has been said already.")
        : topics.CheckAsync(change.Topic, change.Purpose, ct);

    /// <summary>The entry that there is with the same source and external id; null if there is none.</summary>
    public async Task<ConsentEntry?> KnownAsync(ConsentChange change, CancellationToken ct) =>
        KeyOf(change) is { } externalKey ? await db.FindAsync<ConsentEntry>(Known, new { change.Source, ExternalKey = externalKey }, ct) : null;

    private static byte[]? KeyOf(ConsentChange change) => change.ExternalId is { } externalId ? Encoding.UTF8.GetBytes(externalId) : null;

    // What is said now is said after all that was said before, even where the clock has not moved between the two.
    private async Task<DateTimeOffset> MomentAsync(ConsentChange change, DateTimeOffset now, CancellationToken ct)
    {
        if (change.OccurredAt is { } stated) return stated < now ? stated : now;
        return await db.QueryTopAsync<DateTimeOffset>(Latest, 1, new { change.CustomerId }, ct) is [var latest] && latest >= now ? latest.AddTicks(1) : now;
    }

    private ConsentEntry EntryOf(ConsentChange change, DateTimeOffset at, DateTimeOffset now) => new()
    {
        Id = Id<ConsentEntry>.New(),
        CustomerId = change.CustomerId,
        Purpose = change.Purpose,
        Channel = change.Channel,
        TopicName = change.Topic,
        State = change.State,
        LegalBasis = change.LegalBasis,
        OccurredAt = at,
        RecordedAt = now,
        ExpiresAt = change.ExpiresAt,
        Source = change.Source,
        ExternalId = change.ExternalId,
        ShownText = change.ShownText,
        Form = change.Form,
        Url = change.Url,
        IpKey = change.Ip is { Length: > 0 } ip ? box.Fingerprint($"consent_ip:{tenant.Id}:{ip}") : null,
        Reason = change.Reason,
        AddressKey = change.AddressKey,
        ActorKind = caller.Actor.Kind,
        ActorId = caller.Actor.Id,
        ActorName = caller.Actor.Name,
    };

    private static object RowOf(ConsentEntry e, byte[]? externalKey) => new
    {
        e.Id, e.CustomerId, e.Purpose, e.Channel, Topic = e.TopicName, e.State, e.LegalBasis, e.OccurredAt, e.RecordedAt, e.ExpiresAt,
        e.Source, e.ExternalId, ExternalKey = externalKey, e.ShownText, e.Form, e.Url, e.IpKey, e.Reason, e.AddressKey, e.ActorKind, e.ActorId, e.ActorName,
    };

    private static readonly TenantSql Hold = TenantSql.Of(
        sqlServer: "SELECT c.Id FROM Customers c WITH (UPDLOCK) WHERE c.TenantId = @TenantId AND c.Id = @CustomerId",
        sqlite: "SELECT c.Id FROM Customers c WHERE c.TenantId = @TenantId AND c.Id = @CustomerId");

    private static readonly TenantSql Known = ConsentEntry.Matching.Then("""
          AND e.Source = @Source
          AND e.ExternalKey = @ExternalKey
        """);

    private static readonly TenantSql Latest = TenantSql.Of("""
        SELECT e.OccurredAt
        FROM ConsentEntries e
        WHERE e.TenantId = @TenantId
          AND e.CustomerId = @CustomerId
        ORDER BY e.OccurredAt DESC
        """);

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO ConsentEntries (TenantId, Id, CustomerId, Purpose, Channel, Topic, State, LegalBasis, OccurredAt, RecordedAt, ExpiresAt,
            Source, ExternalId, ExternalKey, ShownText, Form, Url, IpKey, Reason, AddressKey, ActorKind, ActorId, ActorName)
        VALUES (@TenantId, @Id, @CustomerId, @Purpose, @Channel, @Topic, @State, @LegalBasis, @OccurredAt, @RecordedAt, @ExpiresAt,
            @Source, @ExternalId, @ExternalKey, @ShownText, @Form, @Url, @IpKey, @Reason, @AddressKey, @ActorKind, @ActorId, @ActorName)
        """);
}
