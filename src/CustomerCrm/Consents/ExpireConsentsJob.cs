using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Consents;

/// <summary>Writes into the ledger whose time is over. Nobody is written to until then either: whoever asks looks at the time itself.</summary>
public sealed record ExpireConsents;

internal sealed class ExpireConsentsJob(TenantDb db, ConsentWriter writer, TimeProvider clock) : IJob<ExpireConsents>
{
    private const int AtOnce = 50;

    // Each leaves the state in which it is looked for, so a second run finds the rest.
    public Task RunAsync(ExpireConsents work, CancellationToken ct) =>
        db.ChangeByPieceAsync<Consent>(Over, AtOnce, new { Now = clock.GetUtcNow() }, consent => writer.RecordAsync(EndOf(consent), ct), ct);

    private static ConsentChange EndOf(Consent consent) => new()
    {
        CustomerId = consent.CustomerId,
        Purpose = consent.Purpose,
        Channel = consent.Channel,
        Topic = consent.TopicName,
        State = ConsentState.Expired,
        LegalBasis = consent.LegalBasis,
        OccurredAt = consent.ExpiresAt,
        Source = "expiry",
    };

    private static readonly TenantSql Over = Consent.Matching.Then("""
          AND s.State = 1
          AND s.ExpiresAt <= @Now
        ORDER BY s.ExpiresAt, s.Id
        """);
}
