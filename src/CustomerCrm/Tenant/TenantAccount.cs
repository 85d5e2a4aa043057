using CustomerCrm.Platform.Data;

namespace CustomerCrm.Tenant;

/// <summary>The kind of id that a tenant's account has. Its live and its test data share it.</summary>
public sealed record TenantAccount : IHasId
{
    public static string Prefix => "ten";
}
