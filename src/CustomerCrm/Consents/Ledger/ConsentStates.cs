using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Consents.Ledger;

/// <summary>Keeps what holds equal to what follows from the ledger, inside the transaction of whoever added to it and holds the customer.</summary>
internal sealed class ConsentStates(TenantDb db)
{
    /// <summary>Derives anew what an entry may have changed: its own topic, and of a withdrawal of all topics every topic there is.</summary>
    /// <returns>What is otherwise than before, with the state it had; null where there was none.</returns>
    public async Task<IReadOnlyList<(Consent Now, ConsentState? Before)>> DeriveAsync(Id<Customer> customerId, MessagePurpose purpose, MessageChannel channel, string topic, CancellationToken ct)
    {
        var of = new { CustomerId = customerId, Purpose = purpose, Channel = channel, Now = DateTimeOffset.MinValue }; // as they are stored, expired or not
        var entries = await db.QueryAsync<ConsentFact>(Entries, of, ct);
        var stored = (await db.QueryAsync<Consent>(Stored, of, ct)).ToDictionary(consent => consent.TopicName, StringComparer.Ordinal);
        var changed = new List<(Consent, ConsentState?)>();
        string[] concerned = topic.Length == 0 ? [.. entries.Select(entry => entry.Topic).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] : [topic];
        foreach (var one in concerned)
        {
            var before = stored.GetValueOrDefault(one);
            if (ConsentDerivation.Of(entries, one) is not { } decides || before?.EntryId == decides.Id) continue;
            var now = new Consent
            {
                Id = before?.Id ?? Id<Consent>.New(),
                CustomerId = customerId,
                Purpose = purpose,
                Channel = channel,
                TopicName = one,
                State = decides.State,
                LegalBasis = decides.LegalBasis,
                ExpiresAt = decides.ExpiresAt,
                ChangedAt = decides.OccurredAt,
                EntryId = decides.Id,
            };
            await db.ExecuteAsync(before is null ? Insert : Update, new
            {
                now.Id, now.CustomerId, now.Purpose, now.Channel, Topic = one, now.State, now.LegalBasis, now.ExpiresAt, now.ChangedAt, now.EntryId,
            }, ct);
            if (before is null || (before.State, before.LegalBasis, before.ExpiresAt) != (now.State, now.LegalBasis, now.ExpiresAt)) changed.Add((now, before?.State));
        }
        return changed;
    }

    internal static readonly TenantSql Entries = TenantSql.Of("""
        SELECT e.Id, e.Topic, e.State, e.LegalBasis, e.OccurredAt, e.ExpiresAt
        FROM ConsentEntries e
        WHERE e.TenantId = @TenantId
          AND e.CustomerId = @CustomerId
          AND e.Purpose = @Purpose
          AND e.Channel = @Channel
        """);

    private static readonly TenantSql Stored = Consent.Matching.Then("""
          AND s.CustomerId = @CustomerId
          AND s.Purpose = @Purpose
          AND s.Channel = @Channel
        """);

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO ConsentStates (TenantId, Id, CustomerId, Purpose, Channel, Topic, State, LegalBasis, ExpiresAt, ChangedAt, EntryId)
        VALUES (@TenantId, @Id, @CustomerId, @Purpose, @Channel, @Topic, @State, @LegalBasis, @ExpiresAt, @ChangedAt, @EntryId)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE ConsentStates
        SET State = @State, LegalBasis = @LegalBasis, ExpiresAt = @ExpiresAt, ChangedAt = @ChangedAt, EntryId = @EntryId
        WHERE TenantId = @TenantId
          AND CustomerId = @CustomerId
          AND Purpose = @Purpose
          AND Channel = @Channel
          AND Topic = @Topic
        """);
}
