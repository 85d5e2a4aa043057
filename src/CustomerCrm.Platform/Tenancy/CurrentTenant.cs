namespace CustomerCrm.Platform.Tenancy;

/// <summary>
/// Whose request or job this is. Set once, from the credential or by the job worker; read by <c>TenantDb</c>.
/// The number names a data set: a tenant's live data and its test data are two, and nothing crosses.
/// </summary>
public sealed class CurrentTenant
{
    private int? id;

    /// <exception cref="InvalidOperationException">No tenant is set: fails closed.</exception>
    public int Id => id ?? throw new InvalidOperationException("No tenant is set for this request or job.");

    public bool IsSet => id is not null;

    internal void Set(int tenantId)
    {
        if (id is not null && id != tenantId) throw new InvalidOperationException("The tenant cannot change half-way.");
        id = tenantId;
    }
}
