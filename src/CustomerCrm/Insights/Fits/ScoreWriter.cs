using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Insights.Fits;

/// <summary>
/// Replaces the scores of all customers, in the order of their ids. Each transaction replaces a range of ids whole, so that what
/// is left of an earlier run goes with it, and is short, so that other writers come in between. Until the last one, readers
/// see rows of two runs, each with the id of its run; each row is of one.
/// </summary>
internal sealed class ScoreWriter(TenantDb db, FitStore fits, CustomerValues values)
{
    private const int RowsInOneTransaction = 250;

    /// <returns>False: a later run publishes, and this one has stopped.</returns>
    public async Task<bool> WriteAsync(Fit fit, IEnumerable<CustomerScore> scores, CancellationToken ct)
    {
        var after = new byte[16];
        foreach (var batch in scores.Chunk(RowsInOneTransaction))
        {
            ct.ThrowIfCancellationRequested();
            var through = batch[^1].CustomerId.ToBytes();
            if (!await ReplaceAsync(fit, batch, after, through, ct)) return false;
            after = through;
        }

        return await RemoveBehindAsync(fit, after, ct);
    }

    // Whoever had scores and has no purchase any more, behind the last customer who has.
    private async Task<bool> RemoveBehindAsync(Fit fit, byte[] after, CancellationToken ct)
    {
        while (await db.QueryTopAsync<Id<Customer>>(Behind, RowsInOneTransaction, new { After = after }, ct) is [.., var last] && last.ToBytes() is var through)
        {
            if (!await ReplaceAsync(fit, [], after, through, ct)) return false;
            after = through;
        }

        return true;
    }

    private async Task<bool> ReplaceAsync(Fit fit, CustomerScore[] batch, byte[] after, byte[] through, CancellationToken ct)
    {
        var isLatest = true;
        await db.InTransactionAsync(async () =>
        {
            isLatest = !await fits.IsSupersededAsync(fit.Id, ct);
            if (!isLatest) return;

            var range = new { After = after, Through = through };
            var before = await db.QueryAsync<Id<Customer>>(Within, range, ct);
            var there = (await db.QueryAsync<Id<Customer>>(Existing.And(Condition.In("c.Id", batch.Select(score => (object?)score.CustomerId.ToBytes()))), null, ct)).ToHashSet();
            var kept = batch.Where(score => there.Contains(score.CustomerId)).ToArray(); // who was deleted meanwhile has no score
            await db.ExecuteAsync(Remove, range, ct);
            await db.ExecuteEachAsync(Insert, kept, ct);
            await values.SetAsync(before.Except(there).Select(id => (id, 0L)).Concat(kept.Select(score => (score.CustomerId, score.CltvMinor ?? 0))), ct);
        }, ct);
        return isLatest;
    }

    private static readonly TenantSql Behind = TenantSql.Of("""
        SELECT s.CustomerId
        FROM CustomerScores s
        WHERE s.TenantId = @TenantId AND s.CustomerId > @After
        ORDER BY s.CustomerId
        """);

    private static readonly TenantSql Within = TenantSql.Of("""
        SELECT s.CustomerId
        FROM CustomerScores s
        WHERE s.TenantId = @TenantId AND s.CustomerId > @After AND s.CustomerId <= @Through
        """);

    private static readonly TenantSql Existing = TenantSql.Of("""
        SELECT c.Id
        FROM Customers c
        WHERE c.TenantId = @TenantId
        """);

    private static readonly TenantSql Remove = TenantSql.Of("""
        DELETE FROM CustomerScores
        WHERE TenantId = @TenantId AND CustomerId > @After AND CustomerId <= @Through
        """);

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO CustomerScores (TenantId, CustomerId, FitId, AsOf, Currency, PurchaseDays, DaysSinceLast, SpendMinor, RecencyScore,
            FrequencyScore, MonetaryScore, RfmGroup, RetentionState, Model, ProbabilityAlive, ExpectedPurchases, PurchasesLow, PurchasesHigh,
            ExpectedSpendMinor, CltvMinor, CltvLowMinor, CltvHighMinor, IsSufficient, ReasonCode)
        VALUES (@TenantId, @CustomerId, @FitId, @AsOf, @Currency, @PurchaseDays, @DaysSinceLast, @SpendMinor, @RecencyScore,
            @FrequencyScore, @MonetaryScore, @RfmGroup, @RetentionState, @Model, @ProbabilityAlive, @ExpectedPurchases, @PurchasesLow, @PurchasesHigh,
            @ExpectedSpendMinor, @CltvMinor, @CltvLowMinor, @CltvHighMinor, @IsSufficient, @ReasonCode)
        """);
}
