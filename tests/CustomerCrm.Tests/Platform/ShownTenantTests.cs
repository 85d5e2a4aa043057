using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Tenancy;

namespace CustomerCrm.Tests.Platform;

/// <summary>Where the database hides rows, every connection is told for whom it works before its first statement.</summary>
public class ShownTenantTests
{
    private static readonly TenantSql ownName = TenantSql.Of("SELECT t.Name FROM Tenants t WHERE t.TenantId = @TenantId");
    private static readonly TenantSql rename = TenantSql.Of("UPDATE Tenants SET Name = 'Acme' WHERE TenantId = @TenantId");
    private static readonly SystemSql everyName = SystemSql.Of("SELECT Name FROM Tenants");

    [Test]
    public async Task A_reading_connection_is_rented_for_the_tenant_or_for_all()
    {
        await using var temp = await TempDatabase.MigratedAsync();
        var database = new ListeningDatabase(temp.Engine);
        await using var db = Of(database, 7);

        await db.QueryAsync<string>(ownName, null, default);
        await db.QueryAsync<string>(ownName, null, default);
        await new SystemDb(database).QueryAsync<string>(everyName, null, default);

        Assert.That(database.Heard, Is.EqualTo(new[] { ("reads", 7), ("reads", Database.EveryTenant) }));
    }

    [Test]
    public async Task A_writing_connection_is_told_in_each_transaction_and_crosses_over_only_for_the_statement_that_must()
    {
        await using var temp = await TempDatabase.MigratedAsync();
        var database = new ListeningDatabase(temp.Engine);
        await using var db = Of(database, 7);

        await db.ExecuteAsync(rename, null, default);
        await db.InTransactionAsync(async () =>
        {
            await db.ExecuteAsync(rename, null, default);
            await db.QueryAsync<string>(ownName, null, default);
            await db.InDirectory.QueryAsync<string>(everyName, null, default);
            await db.InDirectory.QueryAsync<string>(everyName, null, default);
            await db.ExecuteAsync(rename, null, default);
        }, default);

        Assert.That(database.Heard, Is.EqualTo(new[] { ("writes", 7), ("writes", 7), ("writes", Database.EveryTenant), ("writes", 7) }));
    }

    [Test]
    public async Task What_makes_tenants_begins_without_one()
    {
        await using var temp = await TempDatabase.MigratedAsync();
        var database = new ListeningDatabase(temp.Engine);
        var tenant = new CurrentTenant();
        await using var db = new TenantDb(new Databases(database), tenant);

        await db.InTransactionAsync(async () =>
        {
            await db.InDirectory.QueryAsync<string>(everyName, null, default);
            tenant.Set(8);
            await db.ExecuteAsync(rename, null, default);
        }, default);

        Assert.That(database.Heard, Is.EqualTo(new[] { ("writes", Database.EveryTenant), ("writes", 8) }));
    }

    [Test]
    public void SQLite_refuses_to_promise_what_it_has_not() =>
        Assert.That(() => Database.For("Sqlite", "Data Source=crm.db", rowLevelSecurity: true), Throws.ArgumentException);

    private static TenantDb Of(Database database, int tenantId)
    {
        var tenant = new CurrentTenant();
        tenant.Set(tenantId);
        return new TenantDb(new Databases(database), tenant);
    }
}
