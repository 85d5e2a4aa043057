using System.Collections.Concurrent;

namespace CustomerCrm.Platform.Access.Keys;

/// <summary>
/// What the database last said of a key, believed for less than a second: so long may a key outlive its revocation by another
/// process. One revoked by this process is asked about again at once. Unknown keys are remembered too, a bounded number of them.
/// </summary>
internal sealed class ApiKeyCache(ApiKeyStore store, TimeProvider clock)
{
    private const int MostKnown = 200_000, MostUnknown = 10_000;
    private const long Never = long.MinValue;
    private static readonly TimeSpan believedFor = TimeSpan.FromMilliseconds(900);

    private readonly long longest = (long)(believedFor.TotalSeconds * clock.TimestampFrequency);
    private readonly ConcurrentDictionary<KeyHash, KnownKey> known = new();
    private readonly ConcurrentDictionary<KeyHash, long> unknown = new();
    private readonly Lock publishing = new();
    private long forgotten;

    /// <returns>Null for a key that does not exist or is revoked. Expiry is for the caller to look at.</returns>
    public ValueTask<KnownKey?> FindAsync(ApiKeyKind kind, KeyHash hash, CancellationToken ct)
    {
        var now = clock.GetTimestamp();
        if (known.TryGetValue(hash, out var key) && IsBelieved(key.AskedAt, now)) return new(key);
        if (unknown.TryGetValue(hash, out var askedAt) && IsBelieved(askedAt, now)) return new((KnownKey?)null);
        return new(AskAsync(kind, hash, now, ct));
    }

    /// <summary>The key has been changed or revoked and that is committed. Its rate limit goes on.</summary>
    public void Forget(Guid keyId) => Forget(grant => grant.KeyId == keyId);

    /// <summary>As <see cref="Forget(Guid)"/>, of all keys that stand for something.</summary>
    public void Forget(Func<KeyGrant, bool> ofWhat)
    {
        lock (publishing)
        {
            forgotten++; // an answer that is on its way may be older than the change
            foreach (var (hash, key) in known)
                if (ofWhat(key.Grant)) known[hash] = key with { AskedAt = Never };
        }
    }

    public IEnumerable<KnownKey> Known => known.Values;

    private async Task<KnownKey?> AskAsync(ApiKeyKind kind, KeyHash hash, long now, CancellationToken ct)
    {
        var changes = Volatile.Read(ref forgotten);
        var grant = await store.FindAsync(kind, hash, known.TryGetValue(hash, out var before) ? before.Grant.TenantId : null, ct);
        lock (publishing)
        {
            var use = known.TryGetValue(hash, out var older) ? older.Use : new KeyUse();
            if (grant is null) Remember(hash, now);
            var key = grant is null ? null : new KnownKey(grant, changes == forgotten ? now : Never, use);
            if (key is not null) Remember(hash, key);
            return key;
        }
    }

    private void Remember(KeyHash hash, KnownKey key)
    {
        if (known.Count >= MostKnown) known.Clear();
        known[hash] = key;
    }

    private void Remember(KeyHash hash, long askedAt)
    {
        known.TryRemove(hash, out _);
        if (unknown.Count >= MostUnknown) unknown.Clear();
        unknown[hash] = askedAt;
    }

    private bool IsBelieved(long askedAt, long now) => askedAt != Never && now - askedAt < longest;
}

/// <param name="Grant">What the key stands for.</param>
/// <param name="AskedAt">The clock's timestamp before the database was asked.</param>
/// <param name="Use">Outlives every answer about the key.</param>
internal sealed record KnownKey(KeyGrant Grant, long AskedAt, KeyUse Use);

/// <summary>What this process remembers of a key's use.</summary>
internal sealed class KeyUse
{
    /// <summary>The rate limit's bucket.</summary>
    public long FullAt;

    /// <summary>Ticks of the last request, and of the one that was last written to the database.</summary>
    public long LastUsed, LastWritten;
}
