namespace CustomerCrm.Reports.Days;

/// <summary>Pure: a part's figures in a few hundred bytes. What was packed by another edition of this is not read, and counted again.</summary>
internal static class PartPacking
{
    private const byte Edition = 1;

    public static byte[] Pack(PartFigures figures)
    {
        using var bytes = new MemoryStream();
        using var to = new BinaryWriter(bytes);
        to.Write(Edition);
        foreach (var count in figures.Counts) to.Write7BitEncodedInt64(count);
        foreach (var tally in figures.Tallies)
        {
            to.Write(tally.Sum);
            to.Write(tally.Squares);
            to.Write7BitEncodedInt(tally.Buckets.Count);
            var before = 0;
            foreach (var (bucket, count) in tally.Buckets)
            {
                to.Write7BitEncodedInt(bucket - before);
                to.Write7BitEncodedInt64(count);
                before = bucket;
            }
        }
        to.Flush();
        return bytes.ToArray();
    }

    /// <returns>Null: it cannot be read.</returns>
    public static PartFigures? Unpack(DayPart part, byte[] packed)
    {
        using var from = new BinaryReader(new MemoryStream(packed));
        if (packed.Length == 0 || from.ReadByte() != Edition) return null;
        long[] counts = [.. Enumerable.Range(0, PartFigures.CountsOf(part)).Select(_ => from.Read7BitEncodedInt64())];
        var tallies = new List<Tally>();
        foreach (var _ in PartFigures.TimesOf(part))
        {
            var (sum, squares, bucket) = (from.ReadDouble(), from.ReadDouble(), 0);
            var buckets = new (int, long)[from.Read7BitEncodedInt()];
            for (var i = 0; i < buckets.Length; i++) buckets[i] = (bucket += from.Read7BitEncodedInt(), from.Read7BitEncodedInt64());
            tallies.Add(new Tally(buckets, sum, squares));
        }
        return new PartFigures(counts, tallies);
    }
}
