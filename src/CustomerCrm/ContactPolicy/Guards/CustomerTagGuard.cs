using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Tags;

namespace CustomerCrm.ContactPolicy.Guards;

/// <summary>Nothing to customers who have a tag, as long as they have it.</summary>
internal sealed class CustomerTagGuard(TenantDb db) : IContactGuard
{
    public string Name => "customer_tag";

    public (string, string)? WhyNot(GuardSetting setting) => setting.Tag is null ? ("tag", "The name of the tag.") : null;

    public async Task<GuardFinding> LookAsync(Id<Customer> customerId, GuardSetting setting, DateTimeOffset now, CancellationToken ct)
    {
        var found = await db.FindAsync<string>(Has, new { CustomerId = customerId, NameKey = Tag.KeyOf(setting.Tag!) }, ct);
        return new GuardFinding(found is null, found);
    }

    private static readonly TenantSql Has = TenantSql.Of("""
        SELECT t.Name
        FROM Tags t
        JOIN CustomerTags c ON c.TenantId = t.TenantId AND c.TagId = t.Id
        WHERE t.TenantId = @TenantId
          AND t.NameKey = @NameKey
          AND t.DeletedAt IS NULL
          AND c.CustomerId = @CustomerId
        """);
}
