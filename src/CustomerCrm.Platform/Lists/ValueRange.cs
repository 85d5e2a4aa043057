namespace CustomerCrm.Platform.Lists;

/// <summary>
/// Values from one on and before another, as bytes that both engines compare alike. Every question of a tenant's own field comes
/// down to such ranges, so one condition and one index serve them all. No key begins with 0 or 255, and none goes on with 0 or 1
/// where another ends: SQL Server takes bytes that differ by zeros at their end for the same.
/// </summary>
public sealed record ValueRange(byte[] From, byte[] Before)
{
    private static readonly byte[] lowest = [0], highest = [255, 255];

    /// <summary>Any value at all.</summary>
    public static ValueRange All { get; } = new(lowest, highest);

    public static ValueRange Exactly(byte[] key) => new(key, Next(key));
    public static ValueRange AtLeast(byte[] key) => new(key, highest);
    public static ValueRange Above(byte[] key) => new(Next(key), highest);
    public static ValueRange AtMost(byte[] key) => new(lowest, Next(key));
    public static ValueRange Below(byte[] key) => new(lowest, key);

    /// <summary>Every key that begins with these bytes, which are of UTF-8.</summary>
    public static ValueRange StartingWith(byte[] prefix) => new(prefix, [.. prefix, 255]);

    public bool Contains(byte[] key) => key.AsSpan().SequenceCompareTo(From) >= 0 && key.AsSpan().SequenceCompareTo(Before) < 0;

    // Behind the key itself and before every other one.
    private static byte[] Next(byte[] key) => [.. key, 1];
}
