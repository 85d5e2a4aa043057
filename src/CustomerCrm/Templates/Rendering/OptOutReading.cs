using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Tenant;

namespace CustomerCrm.Templates.Rendering;

/// <summary>Finds out in which words one customer is told how to say no, and whether by an answer.</summary>
internal sealed class OptOutReading(TenantDb db, CurrentSettings settings)
{
    /// <summary>In the customer's language, else in the tenant's.</summary>
    public async Task<OptOutWords> WordsAsync(Id<Customer>? customerId, CancellationToken ct) => OptOutWords.In(
        customerId is { } id ? await db.FindAsync<string>(LanguageOf, new { CustomerId = id }, ct) : null, (await settings.GetAsync(ct)).Locale);

    /// <summary>False: the tenant's text messages come from a name, and a name takes no answers.</summary>
    public async Task<bool> CanBeAnsweredAsync(CancellationToken ct) =>
        await db.FindAsync<string>(SmsSender, null, ct) is not { Length: > 0 } sender || sender[0] == '+' || sender.All(char.IsAsciiDigit);

    private static readonly TenantSql LanguageOf = TenantSql.Of("SELECT c.Language FROM Customers c WHERE c.TenantId = @TenantId AND c.Id = @CustomerId");

    private static readonly TenantSql SmsSender = TenantSql.Of("SELECT p.FromAddress FROM Providers p WHERE p.TenantId = @TenantId AND p.Channel = 2");
}
