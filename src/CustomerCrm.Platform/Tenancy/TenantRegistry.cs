using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Access.Keys;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.Tenancy;

/// <summary>
/// Makes tenants. An account is two data sets with numbers of their own, one live and one for tests, each with its feed of
/// events; both in one database. Joins the directory's transaction that is open, or has one of its own.
/// </summary>
public sealed class TenantRegistry(TenantDb db, Databases databases, TimeProvider clock)
{
    /// <summary>With a key for each data set that may do everything in it.</summary>
    public async Task<NewAccount> CreateAsync(TenantProfile profile, CancellationToken ct)
    {
        NewAccount? account = null;
        await db.InTransactionAsync(async () =>
        {
            var opened = await OpenAsync(profile, ct);
            account = new NewAccount
            {
                AccountId = opened.AccountId,
                Live = await AddKeyAsync(opened.LiveId, ApiKeyKind.Live, ct),
                Test = await AddKeyAsync(opened.TestId, ApiKeyKind.Test, ct),
            };
        }, ct);
        return account!;
    }

    /// <summary>Without any key: for whoever comes in as a person. In the transaction that is open.</summary>
    public async Task<OpenedAccount> OpenAsync(TenantProfile profile, CancellationToken ct)
    {
        var first = await databases.PlaceAsync(db.InDirectory, ct);
        var opened = new OpenedAccount(Guid.CreateVersion7(), first, first + 1);
        await InsertDataSetAsync(opened.LiveId, opened.AccountId, isTest: false, profile, ct);
        await InsertDataSetAsync(opened.TestId, opened.AccountId, isTest: true, profile, ct);
        return opened;
    }

    private Task InsertDataSetAsync(int tenantId, Guid accountId, bool isTest, TenantProfile profile, CancellationToken ct) => db.ForTenantAsync(tenantId, async within =>
    {
        await within.ExecuteAsync(InsertTenant, new
        {
            TenantId = tenantId,
            AccountId = accountId.ToByteArray(bigEndian: true),
            IsTest = isTest,
            profile.Name,
            profile.TimeZone,
            profile.Currency,
            profile.Locale,
            WeekStart = (int)profile.WeekStart,
            profile.DiscountRate,
            CreatedAt = clock.GetUtcNow(),
        }, ct);
        await within.ExecuteAsync(InsertEventHead, new { TenantId = tenantId }, ct);
    }, ct);

    private async Task<NewDataSet> AddKeyAsync(int tenantId, ApiKeyKind kind, CancellationToken ct)
    {
        var dataSet = new NewDataSet { TenantId = tenantId, KeyId = Guid.CreateVersion7(), Key = ApiKeyText.Make(kind), KeyName = "Full access" };
        await db.ForTenantAsync(tenantId, within => within.ExecuteAsync(InsertKey, new
        {
            TenantId = tenantId,
            Id = dataSet.KeyId.ToByteArray(bigEndian: true),
            Name = dataSet.KeyName,
            Hash = ApiKeyText.HashOf(dataSet.Key),
            Hint = ApiKeyText.HintOf(dataSet.Key),
            Scopes = ScopeSet.All,
            CreatedAt = clock.GetUtcNow(),
        }, ct), ct);
        return dataSet;
    }

    private static readonly SystemSql InsertTenant = SystemSql.Of("""
        INSERT INTO Tenants (TenantId, AccountId, IsTest, Name, TimeZone, Currency, Locale, WeekStart, DiscountRate, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @AccountId, @IsTest, @Name, @TimeZone, @Currency, @Locale, @WeekStart, @DiscountRate, 1, @CreatedAt, @CreatedAt)
        """);

    private static readonly SystemSql InsertEventHead = SystemSql.Of("INSERT INTO EventHeads (TenantId, LastSeq) VALUES (@TenantId, 0)");

    private static readonly SystemSql InsertKey = SystemSql.Of("""
        INSERT INTO ApiKeys (TenantId, Id, Name, Hash, Hint, Scopes, CreatedAt, Revision)
        VALUES (@TenantId, @Id, @Name, @Hash, @Hint, @Scopes, @CreatedAt, 1)
        """);
}

/// <summary>What a tenant says of itself; its live and its test data each have their own.</summary>
public sealed record TenantProfile
{
    public required string Name { get; init; }

    /// <summary>An IANA name: the days and months of reports are in it.</summary>
    public required string TimeZone { get; init; }

    /// <summary>ISO 4217: what spend is counted in.</summary>
    public required string Currency { get; init; }

    /// <summary>A BCP 47 language tag.</summary>
    public required string Locale { get; init; }

    public required DayOfWeek WeekStart { get; init; }

    /// <summary>By which a customer's future value is discounted, per month: 0.01 is 1 %.</summary>
    public required double DiscountRate { get; init; }
}

/// <summary>The numbers of a new account's two data sets.</summary>
public sealed record OpenedAccount(Guid AccountId, int LiveId, int TestId);

public sealed record NewAccount
{
    public required Guid AccountId { get; init; }
    public required NewDataSet Live { get; init; }
    public required NewDataSet Test { get; init; }
}

/// <summary>A data set and its first key, whose text is here for the only time.</summary>
public sealed record NewDataSet
{
    public required int TenantId { get; init; }
    public required Guid KeyId { get; init; }
    public required string KeyName { get; init; }
    public required string Key { get; init; }
}
