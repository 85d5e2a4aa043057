using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Guards;

public class TenantDbTests
{
    private static readonly TenantSql WhoAmI = TenantSql.Of("SELECT @TenantId");

    [Test]
    public async Task An_argument_cannot_pass_for_another_tenant()
    {
        var acme = await TestTenant.NewAsync();

        await acme.WithDbAsync(async db =>
            Assert.That(await db.FindAsync<int>(WhoAmI, new { TenantId = 666 }, default), Is.EqualTo(acme.Id)));
    }

    [Test]
    public void A_statement_without_the_tenant_is_refused() =>
        Assert.Throws<ArgumentException>(() => TenantSql.Of("SELECT Id FROM Customers"));

    [Test]
    public async Task Without_a_tenant_nothing_is_read()
    {
        await using var scope = TestApi.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TenantDb>();

        Assert.ThrowsAsync<InvalidOperationException>(() => db.FindAsync<int>(WhoAmI, null, default));
    }

    [Test]
    public async Task The_tenant_cannot_change_half_way()
    {
        await using var scope = TestApi.Services.CreateAsyncScope();
        var tenant = scope.ServiceProvider.GetRequiredService<CurrentTenant>();
        tenant.Set(1);

        Assert.Throws<InvalidOperationException>(() => tenant.Set(2));
    }

    [Test]
    public void Features_cannot_see_the_database_driver()
    {
        var seen = typeof(Program).Assembly.GetReferencedAssemblies().Select(a => a.Name);

        Assert.That(seen, Has.None.AnyOf("Dapper", "Microsoft.Data.Sqlite", "Microsoft.Data.SqlClient", "Quartz"));
    }
}
