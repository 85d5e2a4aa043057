using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Companies;
using CustomerCrm.Companies.Figures;
using CustomerCrm.Companies.People;
using CustomerCrm.Customers;
using CustomerCrm.Overview;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Lists;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Companies;

public class CompanyPeopleTests
{
    private TestTenant acme = null!;
    private Company first = null!, second = null!;
    private Customer ana = null!;

    [SetUp]
    public async Task SetUp()
    {
        acme = await TestTenant.NewAsync();
        first = await acme.CreateAsync<Company>("/v1/companies", new { name = "First" });
        second = await acme.CreateAsync<Company>("/v1/companies", new { name = "Second" });
        ana = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ana" });
    }

    [Test]
    public async Task Of_a_customers_companies_exactly_one_is_the_primary_one()
    {
        var joined = await PutAsync(first, ana, new { role = "Buyer" });
        await PutAsync(second, ana, new { role = "Owner" });
        Assert.That((joined.StatusCode, await PrimaryAsync()), Is.EqualTo((HttpStatusCode.Created, first.Id)));

        var preferred = await PutAsync(second, ana, new { role = "Owner", is_primary = true });
        Assert.That((preferred.StatusCode, await PrimaryAsync()), Is.EqualTo((HttpStatusCode.OK, second.Id)));

        await acme.Http.DeleteAsync($"/v1/companies/{second.Id}/people/{ana.Id}");
        Assert.That(await PrimaryAsync(), Is.EqualTo(first.Id), "the oldest that is left");

        await PutAsync(second, ana, new { });
        await acme.Http.DeleteAsync($"/v1/companies/{first.Id}");
        Assert.That(await PrimaryAsync(), Is.EqualTo(second.Id), "also when the company itself goes");
    }

    [Test]
    public async Task Who_belongs_to_a_company_is_listed_and_has_it_in_the_360_view()
    {
        await PutAsync(first, ana, new { role = "Buyer" });
        var batch = await acme.CreateAsync<JsonElement>($"/v1/companies/{first.Id}/people/batch", new
        {
            items = new object[]
            {
                new { customer = new { email = "new@example.com", name = "Ben" }, role = "Owner" }, new { customer_id = ana.Id.ToString(), role = "Buyer" },
                new { customer_id = Id<Customer>.New().ToString() }, new { role = "Nobody" },
            },
        });

        var people = await acme.GetAsync<Page<ListPeople.Row>>($"/v1/companies/{first.Id}/people");
        var owners = await acme.GetAsync<Page<ListPeople.Row>>($"/v1/companies/{first.Id}/people?filter[role][eq]=Owner");
        var view = await acme.GetAsync<CustomerOverview>($"/v1/customers/{ana.Id}/360");

        Assert.That(batch.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("status").GetInt32()), Is.EqualTo(new[] { 201, 200, 404, 422 }));
        Assert.That(people.Data.Select(p => (p.Name, p.Role)), Is.EquivalentTo(new[] { ("Ana", "Buyer"), ("Ben", "Owner") }));
        Assert.That(owners.Data.Single().Email, Is.EqualTo("new@example.com"));
        Assert.That(view.Companies.Select(c => (c.CompanyId, c.Name, c.Role, c.IsPrimary)), Is.EqualTo(new[] { (first.Id, "First", "Buyer", true) }));
    }

    [Test]
    public async Task A_membership_has_a_revision_and_a_repeat_changes_nothing()
    {
        var person = await TestTenant.ReadAsync<CompanyPerson>(await PutAsync(first, ana, new { role = "Buyer" }));
        var again = await PutAsync(first, ana, new { role = "Buyer" });
        var changed = await PutAsync(first, ana, new { role = "Owner" }, ifMatch: "\"r1\"");
        var late = await PutAsync(first, ana, new { role = "Clerk" }, ifMatch: "\"r1\"");

        Assert.That((person.Revision, again.Headers.ETag?.Tag, changed.Headers.ETag?.Tag, late.StatusCode), Is.EqualTo((1, "\"r1\"", "\"r2\"", HttpStatusCode.PreconditionFailed)));
        Assert.That(await acme.GetAsync<CompanyPerson>($"/v1/companies/{first.Id}/people/{ana.Id}"), Is.EqualTo(await TestTenant.ReadAsync<CompanyPerson>(changed)));
    }

    [Test]
    public async Task Orders_count_for_the_primary_company_of_who_placed_them()
    {
        var ben = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ben" });
        await PutAsync(first, ana, new { });
        await PutAsync(first, ben, new { });
        await PutAsync(second, ana, new { });
        await Some.OrderAsync(acme, ana.Id, 1000);
        var cancelled = await Some.OrderAsync(acme, ben.Id, 500);
        await TestApi.RunJobsAsync();
        Assert.That(await FiguresAsync(first), Is.EqualTo((2, 2, 1500L)));
        Assert.That(await FiguresAsync(second), Is.EqualTo((1, 0, 0L)));

        await PutAsync(second, ana, new { is_primary = true });
        await acme.Http.PostAsync($"/v1/orders/{cancelled.Id}/cancellation", null);
        await TestApi.RunJobsAsync();

        Assert.That(await FiguresAsync(first), Is.EqualTo((2, 0, 0L)));
        Assert.That(await FiguresAsync(second), Is.EqualTo((1, 1, 1000L)));
        Assert.That((await acme.GetAsync<Page<Company>>("/v1/companies?sort=-spend")).Data.Select(c => c.Name), Is.EqualTo(new[] { "Second", "First" }));
    }

    [Test]
    public async Task A_deleted_customer_is_counted_out_at_night()
    {
        await PutAsync(first, ana, new { });
        await TestApi.RunJobsAsync();
        await acme.Http.DeleteAsync($"/v1/customers/{ana.Id}");

        await acme.WithScopeAsync(services => services.GetRequiredService<JobQueue>().EnqueueAsync(new CountCompanies(), default));
        await TestApi.RunJobsAsync();

        Assert.That(await FiguresAsync(first), Is.EqualTo((0, 0, 0L)));
    }

    [Test]
    public async Task Another_tenants_customer_cannot_be_put_into_a_company()
    {
        var stranger = await (await TestTenant.NewAsync()).CreateAsync<Customer>("/v1/customers", new { name = "Eve" });

        var answers = new[] { await PutAsync(first, stranger, new { }), await acme.Http.PutAsJsonAsync($"/v1/companies/{first.Id}/people/{Id<Customer>.New()}", new { }) };

        Assert.That(answers.Select(a => a.StatusCode), Is.All.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await acme.GetAsync<Page<ListPeople.Row>>($"/v1/companies/{first.Id}/people")).Data, Is.Empty);
    }

    private async Task<(int People, int Orders, long Spend)> FiguresAsync(Company company)
    {
        var shown = await acme.GetAsync<Company>($"/v1/companies/{company.Id}");
        return (shown.PeopleCount, shown.OrderCount, shown.SpendMinor);
    }

    private async Task<Id<Company>> PrimaryAsync() =>
        (await acme.GetAsync<Page<ListCustomerCompanies.Row>>($"/v1/customers/{ana.Id}/companies")).Data.Single(row => row.IsPrimary).CompanyId;

    private Task<HttpResponseMessage> PutAsync(Company company, Customer customer, object body, string? ifMatch = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"/v1/companies/{company.Id}/people/{customer.Id}") { Content = JsonContent.Create(body) };
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return acme.Http.SendAsync(request);
    }
}
