namespace CustomerCrm.Platform.Data.Secondaries;

/// <summary>Where a read goes that may be a little old, and why.</summary>
internal enum ReadPlace
{
    Secondary,

    /// <summary>To the primary: the tenant has just written, and would miss it.</summary>
    Written,

    /// <summary>To the primary: the secondary has not followed for too long.</summary>
    Late,

    /// <summary>To the primary: the secondary does not answer, or nothing is known of it yet.</summary>
    Down,
}

/// <summary>How old an answer may be.</summary>
/// <param name="AfterWrite">For how long a tenant reads from the primary after it has written. It is as much as the clocks of two machines may differ.</param>
/// <param name="MaxLag">What is older is not read.</param>
internal sealed record ReadTerms(TimeSpan AfterWrite, TimeSpan MaxLag)
{
    public static ReadTerms Default { get; } = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30));

    /// <param name="seen">The secondary has all that was committed before this moment; null where it does not answer.</param>
    /// <param name="written">When the tenant last wrote, as far as this process knows.</param>
    /// <param name="now">The time.</param>
    public ReadPlace PlaceFor(DateTimeOffset? seen, DateTimeOffset written, DateTimeOffset now) =>
        seen is null ? ReadPlace.Down
        : now - seen > MaxLag ? ReadPlace.Late
        : seen <= written || now - written < AfterWrite ? ReadPlace.Written
        : ReadPlace.Secondary;

    /// <summary>As <see cref="PlaceFor"/>, for work that needs all that was committed before a moment, and no more.</summary>
    public ReadPlace PlaceSince(DateTimeOffset? seen, DateTimeOffset moment, DateTimeOffset now) =>
        PlaceFor(seen, moment, now) is var place && place == ReadPlace.Written && seen > moment ? ReadPlace.Secondary : place;
}
