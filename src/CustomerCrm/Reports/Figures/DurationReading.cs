using CustomerCrm.Platform.Data;

namespace CustomerCrm.Reports.Figures;

/// <summary>
/// Counts times where they are: one stretch of an index, back as a few hundred buckets. Where there are not too many, the times themselves are read too, and medians are exact.
/// </summary>
internal sealed class DurationReading(TenantDb db)
{
    private const int MostValues = 20_000;

    public async Task<Durations> ReadAsync(DurationSource source, DateTimeOffset starts, DateTimeOffset ends, Condition narrowed, CancellationToken ct)
    {
        var args = new { Starts = starts, Ends = ends };
        var buckets = await db.QueryAsync<BucketCount>(source.Buckets(narrowed), args, ct);
        var n = buckets.Sum(bucket => bucket.Count);
        var values = n > MostValues ? null : await db.QueryTopAsync<double>(source.Values(narrowed), MostValues, args, ct);
        return new Durations(buckets, values?.Count == n ? values : null);
    }
}

/// <summary>Times that can be counted: in buckets, and one by one.</summary>
internal sealed record DurationSource(Func<Condition, TenantSql> Buckets, Func<Condition, TenantSql> Values);
