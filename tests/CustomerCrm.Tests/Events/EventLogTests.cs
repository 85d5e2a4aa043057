using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Events;

public class EventLogTests
{
    [Test]
    public async Task What_was_recorded_in_a_transaction_that_failed_is_not_recorded_with_the_next()
    {
        var acme = await TestTenant.NewAsync();
        await acme.WithScopeAsync(async services =>
        {
            var (db, events) = (services.GetRequiredService<TenantDb>(), services.GetRequiredService<EventLog>());
            Assert.ThrowsAsync<InvalidOperationException>(() => db.InTransactionAsync(() =>
            {
                events.Record("thing.lost", new { id = "1" });
                throw new InvalidOperationException("Not today.");
            }, default));
            await db.InTransactionAsync(() =>
            {
                events.Record("thing.kept", new { id = "2" });
                return Task.CompletedTask;
            }, default);
        });

        var feed = await acme.Http.GetStringAsync("/v1/events");
        Assert.That(feed, Does.Contain("thing.kept").And.Not.Contain("thing.lost"));
    }
}
