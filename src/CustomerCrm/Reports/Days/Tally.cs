using CustomerCrm.Reports.Figures;

namespace CustomerCrm.Reports.Days;

/// <summary>Pure: how many times lie in each bucket, in the order of buckets, and the sums from which a mean and its interval come.</summary>
internal sealed record Tally(IReadOnlyList<(int Bucket, long Count)> Buckets, double Sum, double Squares)
{
    public static Tally None { get; } = new([], 0, 0);

    public long N => Buckets.Sum(bucket => bucket.Count);

    public static Tally Of(IEnumerable<BucketCount> counted)
    {
        var rows = counted.OrderBy(row => row.Bucket).ToArray();
        return new Tally([.. rows.Select(row => (row.Bucket, row.Count))], rows.Sum(row => row.Sum ?? 0), rows.Sum(row => row.Squares ?? 0));
    }

    public static Tally Of(IEnumerable<double> all)
    {
        double[] values = [.. all];
        return new Tally(values.Length == 0 ? [] : [(0, values.Length)], values.Sum(), values.Sum(value => value * value));
    }

    public static Tally Together(IEnumerable<Tally> tallies)
    {
        var (buckets, sum, squares) = (new SortedDictionary<int, long>(), 0.0, 0.0);
        foreach (var tally in tallies)
        {
            foreach (var (bucket, count) in tally.Buckets) buckets[bucket] = buckets.GetValueOrDefault(bucket) + count;
            (sum, squares) = (sum + tally.Sum, squares + tally.Squares);
        }
        return new Tally([.. buckets.Select(bucket => (bucket.Key, bucket.Value))], sum, squares);
    }
}
