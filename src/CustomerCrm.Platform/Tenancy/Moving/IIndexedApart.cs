using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.Tenancy.Moving;

/// <summary>
/// An index that SQLite keeps beside the rows, and that holds no text of its own: it is not copied with a tenant but written anew from the rows
/// that say what stands in it. On SQL Server such an index is rows like all others, and there is nothing to do.
/// </summary>
public interface IIndexedApart
{
    /// <summary>As the steps of a move call it.</summary>
    string Name { get; }

    /// <summary>Writes what belongs to the next rows into the index, in the transaction that is open.</summary>
    /// <param name="db">Of the tenant and of the database that it has come to.</param>
    /// <param name="tenantId">The tenant's number, which stands in the index.</param>
    /// <param name="after">The number of the last row that is written.</param>
    /// <param name="take">How many rows.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The number of the last of them; null when there are no more.</returns>
    Task<long?> WriteAsync(TenantDb db, int tenantId, long after, int take, CancellationToken ct);

    /// <summary>Takes rows out of the index and away, likewise.</summary>
    /// <returns>False when there are no more.</returns>
    Task<bool> RemoveAsync(TenantDb db, int tenantId, int take, CancellationToken ct);
}
