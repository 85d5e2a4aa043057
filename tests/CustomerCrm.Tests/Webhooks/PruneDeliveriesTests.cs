using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Tenancy;
using CustomerCrm.Tests.Outbound.Web;
using CustomerCrm.Webhooks.Deliveries;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Webhooks;

public class PruneDeliveriesTests
{
    [Test]
    public async Task What_was_delivered_is_forgotten_after_a_week_and_what_was_not_after_a_month()
    {
        await using var host = new WebhookHost();
        await using var receiver = await Receiver.StartAsync();
        var http = await host.TenantAsync();
        var open = await http.WebhookAsync(receiver.Url, "customer.created");
        var closed = await http.WebhookAsync(receiver.Url, "customer.created");
        using var disable = new HttpRequestMessage(HttpMethod.Patch, $"/v1/webhooks/{closed}") { Content = new StringContent("""{"status":"disabled"}""", null, "application/json") };
        await http.SendAsync(disable);
        await http.CustomerAsync();
        await host.RunAsync();

        Assert.That(await LeftAsync(TimeSpan.FromDays(6)), Is.EqualTo((1, 1)));
        Assert.That(await LeftAsync(TimeSpan.FromDays(2)), Is.EqualTo((0, 1)));
        Assert.That(await LeftAsync(TimeSpan.FromDays(23)), Is.EqualTo((0, 0)));

        async Task<(int, int)> LeftAsync(TimeSpan later)
        {
            host.Clock.Advance(later);
            await using var scope = host.Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(1);
            await scope.ServiceProvider.GetRequiredService<IJob<PruneDeliveries>>().RunAsync(new PruneDeliveries(), default);
            return ((await http.DeliveriesAsync(open)).Length, (await http.DeliveriesAsync(closed)).Length);
        }
    }
}
