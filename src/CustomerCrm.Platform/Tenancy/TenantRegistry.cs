using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.Tenancy;

/// <summary>
/// Makes tenants. An account is two data sets with numbers of their own, one live and one for tests, each with its feed of events
/// and one key that may do everything in it. Joins the transaction that is open, or has one of its own.
/// </summary>
public sealed class TenantRegistry(TenantDb db, TimeProvider clock)
{
    public async Task<NewAccount> CreateAsync(TenantProfile profile, CancellationToken ct)
    {
        NewAccount? account = null;
        await db.InTransactionAsync(async () =>
        {
            var first = (await db.AcrossTenants.QueryAsync<int>(NextTenantId, null, ct))[0];
            var accountId = Guid.CreateVersion7();
            account = new NewAccount
            {
                AccountId = accountId,
                Live = await CreateDataSetAsync(first, accountId, ApiKeyKind.Live, profile, ct),
                Test = await CreateDataSetAsync(first + 1, accountId, ApiKeyKind.Test, profile, ct),
            };
        }, ct);
        return account!;
    }

    private async Task<NewDataSet> CreateDataSetAsync(int tenantId, Guid accountId, ApiKeyKind kind, TenantProfile profile, CancellationToken ct)
    {
        var dataSet = new NewDataSet { TenantId = tenantId, KeyId = Guid.CreateVersion7(), Key = ApiKeyText.Make(kind), KeyName = "Full access" };
        var now = clock.GetUtcNow();
        await db.AcrossTenants.ExecuteAsync(InsertTenant, new
        {
            TenantId = tenantId,
            AccountId = accountId.ToByteArray(bigEndian: true),
            IsTest = kind == ApiKeyKind.Test,
            profile.Name,
            profile.TimeZone,
            profile.Currency,
            profile.Locale,
            WeekStart = (int)profile.WeekStart,
            profile.DiscountRate,
            CreatedAt = now,
        }, ct);
        await db.AcrossTenants.ExecuteAsync(InsertEventHead, new { TenantId = tenantId }, ct);
        await db.AcrossTenants.ExecuteAsync(InsertKey, new
        {
            TenantId = tenantId,
            Id = dataSet.KeyId.ToByteArray(bigEndian: true),
            Name = dataSet.KeyName,
            Hash = ApiKeyText.HashOf(dataSet.Key),
            Hint = ApiKeyText.HintOf(dataSet.Key),
            Scopes = ScopeSet.All,
            CreatedAt = now,
        }, ct);
        return dataSet;
    }

    // Two accounts made at the same moment must not get the same number: SQL Server holds the range, SQLite has one writer.
    private static readonly SystemSql NextTenantId = SystemSql.Of(
        sqlServer: "SELECT COALESCE(MAX(TenantId), 0) + 1 FROM Tenants WITH (UPDLOCK, HOLDLOCK)",
        sqlite: "SELECT COALESCE(MAX(TenantId), 0) + 1 FROM Tenants");

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
