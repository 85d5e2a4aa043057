using CustomerCrm.Customers;
using CustomerCrm.Overview;

namespace CustomerCrm.Tests.Overview;

public class ShowOverviewTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task NewTenant() => acme = await TestTenant.NewAsync(currency: "USD");

    [Test]
    public async Task Everything_about_a_customer_is_on_one_page()
    {
        var ada = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ada", email = $"{Guid.NewGuid():N}@example.com" });
        for (var i = 0; i < 7; i++) await Some.OrderAsync(acme, ada.Id, priceMinor: 1000, placedAt: TestApi.Clock.GetUtcNow().AddDays(-i));
        await acme.CreateAsync<object>("/v1/interactions", new { customer_id = ada.Id, channel = "phone", direction = "inbound", subject = "Hello" });

        var view = await acme.GetAsync<CustomerOverview>($"/v1/customers/{ada.Id}/360");

        Assert.That(view.Customer.Id, Is.EqualTo(ada.Id));
        Assert.That(view.Identities, Has.Count.EqualTo(1));
        Assert.That((view.Figures.OrderCount, view.Figures.SpendMinor, view.Figures.Currency), Is.EqualTo((7, 7000L, "USD")));
        Assert.That(view.Orders, Has.Count.EqualTo(5));
        Assert.That(view.Orders[0].PlacedAt, Is.EqualTo(TestApi.Clock.GetUtcNow()));
        Assert.That(view.Interactions.Single().Subject, Is.EqualTo("Hello"));
        Assert.That(view.Timeline, Has.Count.EqualTo(10));
    }

    [Test]
    public async Task After_the_nightly_run_it_says_where_the_customer_stands()
    {
        var ada = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ada" });
        await Some.OrderAsync(acme, ada.Id, placedAt: TestApi.Clock.GetUtcNow().AddDays(-30));
        await acme.CreateAsync<object>("/v1/insights/fits", new { });
        await TestApi.RunJobsAsync();

        var standing = (await acme.GetAsync<CustomerOverview>($"/v1/customers/{ada.Id}/360")).Figures.Standing;

        Assert.That(standing, Is.Not.Null);
        Assert.That((standing!.Sufficient, standing.CltvMinor), Is.EqualTo((false, (long?)null)), "One purchase is nothing to go by, and it says so.");
        Assert.That(standing.ReasonCode, Is.Not.EqualTo("sufficient"));
    }

    [Test]
    public async Task A_customer_of_whom_nothing_is_known_has_a_page_too()
    {
        var nobody = await acme.CreateAsync<Customer>("/v1/customers", new { name = "N. N." });

        var view = await acme.GetAsync<CustomerOverview>($"/v1/customers/{nobody.Id}/360");

        Assert.That((view.Figures.OrderCount, view.Figures.Standing, view.Orders.Count, view.Segments.Count), Is.EqualTo((0, (Standing?)null, 0, 0)));
    }
}
