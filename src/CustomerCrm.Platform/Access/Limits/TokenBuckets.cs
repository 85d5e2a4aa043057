using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace CustomerCrm.Platform.Access.Limits;

/// <summary>
/// Token buckets of one size, each kept as one number: the moment at which it would be full again (the generic cell rate
/// algorithm, ITU-T I.371). Taking is one compare-and-swap; nothing runs by itself. Headers as in
/// draft-ietf-httpapi-ratelimit-headers: <c>r</c> requests are left, <c>t</c> seconds until there is at least one more.
/// </summary>
internal sealed class TokenBuckets
{
    private readonly long frequency, perRequest, wholeBucket;
    private readonly StringValues[] headers;

    /// <param name="name">Of the policy, as the headers call it.</param>
    /// <param name="size">How large a bucket is, and how fast it fills.</param>
    /// <param name="clock">For the length of its ticks.</param>
    public TokenBuckets(string name, BucketOptions size, TimeProvider clock)
    {
        Name = name;
        var (capacity, refill) = (size.Capacity, size.RefillPerSecond);
        frequency = clock.TimestampFrequency;
        perRequest = Math.Max(1, (long)(frequency / refill));
        wholeBucket = perRequest * capacity;
        // When a request comes back every second or faster, the header depends on what is left alone and is made once.
        headers = new StringValues[refill >= 1 ? capacity : 0];
        Policy = string.Create(CultureInfo.InvariantCulture, $"\"{name}\";q={capacity};w={Math.Max(1, (long)Math.Ceiling(capacity / refill))}");
    }

    public string Name { get; }
    public bool IsOff => wholeBucket == 0;

    /// <summary>For <c>RateLimit-Policy</c>: the bucket, and the seconds in which an empty one is full again.</summary>
    public string Policy { get; }

    /// <param name="fullAt">The bucket.</param>
    /// <param name="now">A timestamp of the clock.</param>
    /// <param name="left">How many more requests could come at this moment.</param>
    /// <param name="wait">Seconds, rounded up, until there is one more.</param>
    public bool TryTake(ref long fullAt, long now, out int left, out long wait)
    {
        while (true)
        {
            var before = Volatile.Read(ref fullAt);
            var after = Math.Max(before, now) + perRequest;
            var room = wholeBucket - (after - now);
            left = (int)Math.Max(0, room / perRequest);
            wait = Seconds(room < 0 ? -room : perRequest - room % perRequest);
            if (room < 0) return false;
            if (Interlocked.CompareExchange(ref fullAt, after, before) == before) return true;
        }
    }

    /// <summary>The value of <c>RateLimit</c>.</summary>
    public StringValues HeaderFor(int left, long wait)
    {
        if (left >= headers.Length) return Header(left, wait);
        if (StringValues.IsNullOrEmpty(headers[left])) headers[left] = Header(left, 1);
        return headers[left];
    }

    private StringValues Header(int left, long wait) => string.Create(CultureInfo.InvariantCulture, $"\"{Name}\";r={left};t={wait}");

    private long Seconds(long ticks) => Math.Max(1, (ticks + frequency - 1) / frequency);
}
