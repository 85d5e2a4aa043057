using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.Tenancy.Moving;

/// <summary>What an index of SQLite holds of one row: it says itself what stands there, so that it can be written and taken out.</summary>
public interface IIndexedDocument
{
    long Number { get; }

    /// <param name="tenantId">The tenant's number, which stands in the index.</param>
    /// <returns>What the statements of the index take.</returns>
    object Terms(int tenantId);
}

/// <summary>An index apart whose rows are documents with numbers.</summary>
/// <param name="name">As the steps of a move call it.</param>
/// <param name="after">The documents behind <c>@After</c>, by their numbers.</param>
/// <param name="index">Writes one into the index.</param>
/// <param name="unindex">Takes one out of the index.</param>
/// <param name="delete">Takes its row away.</param>
public abstract class IndexedDocuments<TDocument>(string name, TenantSql after, TenantSql index, TenantSql unindex, TenantSql delete) : IIndexedApart where TDocument : IIndexedDocument
{
    public string Name => name;

    public async Task<long?> WriteAsync(TenantDb db, int tenantId, long after, int take, CancellationToken ct)
    {
        var documents = await NextAsync(db, after, take, ct);
        foreach (var document in documents) await db.ExecuteAsync(index, document.Terms(tenantId), ct);
        return documents is [.., var last] ? last.Number : null;
    }

    public async Task<bool> RemoveAsync(TenantDb db, int tenantId, int take, CancellationToken ct)
    {
        var documents = await NextAsync(db, 0, take, ct);
        foreach (var document in documents)
        {
            await db.ExecuteAsync(unindex, document.Terms(tenantId), ct);
            await db.ExecuteAsync(delete, new { document.Number }, ct);
        }
        return documents.Count > 0;
    }

    private Task<IReadOnlyList<TDocument>> NextAsync(TenantDb db, long last, int take, CancellationToken ct) => db.QueryTopAsync<TDocument>(after, take, new { After = last }, ct);
}
