using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.Access.Keys;

/// <summary>For whoever changes or revokes a key: from the commit on, this process no longer believes what it knew of it.</summary>
public sealed class KeyChanges
{
    private readonly TenantDb db;
    private readonly ApiKeyCache cache;

    internal KeyChanges(TenantDb db, ApiKeyCache cache) => (this.db, this.cache) = (db, cache);

    public void Announce(Guid keyId) => db.AfterCommit(() => cache.Forget(keyId));

    /// <summary>What a person is in this tenant has changed, or they are no longer in it.</summary>
    public void AnnounceUser(Guid userId) => db.AfterCommit(() => cache.Forget(grant => grant.User?.UserId == userId));

    /// <summary>All sessions of a person have ended, in every tenant.</summary>
    public void AnnouncePerson(Guid personId) => db.AfterCommit(() => cache.Forget(grant => grant.User?.PersonId == personId));
}
