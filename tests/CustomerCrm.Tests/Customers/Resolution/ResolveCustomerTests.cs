using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Identities;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Customers.Resolution;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Lists;
using Microsoft.Extensions.DependencyInjection;
using static CustomerCrm.Customers.Resolution.ResolveCustomer;

namespace CustomerCrm.Tests.Customers.Resolution;

public class ResolveCustomerTests
{
    private TestTenant acme = null!;
    private Customer ana = null!, ben = null!;

    [SetUp]
    public async Task SetUp()
    {
        acme = await TestTenant.NewAsync();
        ana = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ana", email = "ana@example.com" });
        ben = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ben", phone = "+49301234567" });
    }

    [Test]
    public async Task Identities_of_one_customer_match()
    {
        var answer = await ResolveAsync(new { email = "Ana@Example.com" });

        Assert.That((answer.Outcome, answer.Customer?.Id), Is.EqualTo((Outcome.Matched, ana.Id)));
        Assert.That(answer.Candidates.Single().Rule, Is.EqualTo(MatchRule.SameEmail));
    }

    [Test]
    public async Task Identities_of_several_customers_are_reported_and_not_guessed()
    {
        var answer = await ResolveAsync(new { email = "ana@example.com", phone = "+49301234567", policy = "create_if_missing" });

        Assert.That((answer.Outcome, answer.Reason, answer.Customer), Is.EqualTo((Outcome.Ambiguous, Reason.IdentitiesAreSeveralCustomers, (Customer?)null)));
        Assert.That(answer.Candidates.Select(c => c.CustomerId), Is.EqualTo(new[] { ana.Id, ben.Id }));
    }

    [Test]
    public async Task The_surest_is_taken_where_that_is_asked_for()
    {
        var answer = await ResolveAsync(new { email = "ana@example.com", phone = "+49301234567", on_ambiguous = "take_surest" });

        Assert.That((answer.Outcome, answer.Reason, answer.Customer?.Id), Is.EqualTo((Outcome.Matched, Reason.SurestOfSeveral, ana.Id)));
    }

    [Test]
    public async Task Nobody_is_created_unless_that_is_asked_for()
    {
        var looked = await ResolveAsync(new { email = "new@example.com" });
        var response = await acme.Http.PostAsJsonAsync("/v1/customers/resolve", new { email = "new@example.com", name = "Nia", policy = "create_if_missing" });
        var created = await TestTenant.ReadAsync<Answer>(response);

        Assert.That((looked.Outcome, looked.Customer), Is.EqualTo((Outcome.NotFound, (Customer?)null)));
        Assert.That((response.StatusCode, created.Outcome, created.Customer?.Name), Is.EqualTo((HttpStatusCode.Created, Outcome.Created, "Nia")));
        Assert.That(response.Headers.Location?.ToString(), Is.EqualTo($"/v1/customers/{created.Customer!.Id}"));
    }

    [Test]
    public async Task New_identities_are_attached_only_where_that_is_asked_for()
    {
        await ResolveAsync(new { email = "ana@example.com", external_ids = new[] { new { source = "shop", id = "1" } } });
        var before = await acme.Http.GetAsync("/v1/customers/by-external-id/shop/1");

        await ResolveAsync(new { email = "ana@example.com", external_ids = new[] { new { source = "shop", id = "1" } }, attaches_identities = true });

        Assert.That(before.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await acme.GetAsync<Customer>("/v1/customers/by-external-id/shop/1")).Id, Is.EqualTo(ana.Id));
    }

    [Test]
    public async Task Without_any_identity_there_is_nothing_to_resolve() =>
        Assert.That((await acme.Http.PostAsJsonAsync("/v1/customers/resolve", new { name = "Ana" })).StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));

    [Test]
    public async Task Fifty_resolutions_at_once_create_one_customer()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ResolveAsync(new { email = "new@example.com", policy = "create_if_missing" })));

        Assert.That(answers.Count(a => a.Outcome == Outcome.Created), Is.EqualTo(1));
        Assert.That(answers.Select(a => a.Customer!.Id).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_finder_inside_another_feature_takes_the_surest_attaches_what_is_new_and_creates_the_rest()
    {
        var (known, created) = (default(Id<Customer>), default(Id<Customer>));

        await acme.WithScopeAsync(async services => await services.GetRequiredService<TenantDb>().InTransactionAsync(async () =>
        {
            var finder = services.GetRequiredService<CustomerFinder>();
            known = await finder.FindOrCreateAsync(new AddCustomer.Request { Phone = "+49301234567", Email = "ben@example.com" }, "/customer", default);
            created = await finder.FindOrCreateAsync(new AddCustomer.Request { Email = "guest@example.com", Name = new Change<string>("Guest") }, "/customer", default);
        }, default));

        Assert.That(known, Is.EqualTo(ben.Id));
        Assert.That((await acme.GetAsync<Customer>($"/v1/customers/{ben.Id}")).Email, Is.EqualTo("ben@example.com"));
        Assert.That((await acme.GetAsync<Customer>($"/v1/customers/{created}")).Name, Is.EqualTo("Guest"));
    }

    [Test]
    public async Task A_storefront_states_its_customer_as_often_as_it_likes()
    {
        var first = await PutAsync("shop", "77", new { name = "Cora", email = "cora@example.com" });
        var second = await PutAsync("shop", "77", new { city = "Graz", phone = "+43664123456" });

        var (created, changed) = (await TestTenant.ReadAsync<Customer>(first), await TestTenant.ReadAsync<Customer>(second));
        Assert.That((first.StatusCode, second.StatusCode), Is.EqualTo((HttpStatusCode.Created, HttpStatusCode.OK)));
        Assert.That((changed.Id, changed.Name, changed.City, changed.Email, changed.Phone), Is.EqualTo((created.Id, "Cora", "Graz", "cora@example.com", "+43664123456")));
        Assert.That(second.Headers.ETag?.Tag, Is.EqualTo($"\"r{changed.Revision}\""));
        Assert.That((await acme.GetAsync<Page<Identity>>($"/v1/customers/{created.Id}/identities")).Data, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_storefronts_new_id_for_a_known_address_is_a_conflict_unless_it_links()
    {
        var refused = await Problem.OfAsync(await PutAsync("shop", "78", new { email = "ana@example.com" }));
        var linked = await TestTenant.ReadAsync<Customer>(await PutAsync("shop", "78", new { email = "ana@example.com", links_existing = true }));

        Assert.That((refused.Status, refused.Code), Is.EqualTo((HttpStatusCode.Conflict, "customer_exists")));
        Assert.That(linked.Id, Is.EqualTo(ana.Id));
        Assert.That((await acme.GetAsync<Customer>("/v1/customers/by-external-id/shop/78")).Id, Is.EqualTo(ana.Id));
    }

    [Test]
    public async Task Fifty_upserts_at_once_make_one_customer()
    {
        var responses = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => PutAsync("shop", "99", new { name = "Dan", city = $"City {n}" })));

        Assert.That(responses.Count(r => r.StatusCode == HttpStatusCode.Created), Is.EqualTo(1));
        Assert.That(responses.Count(r => r.StatusCode == HttpStatusCode.OK), Is.EqualTo(49));
        Assert.That((await acme.GetAsync<Page<Customer>>("/v1/customers?q=dan")).Data, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_upsert_that_states_a_new_primary_address_makes_it_the_one_that_is_used()
    {
        await PutAsync("shop", "1", new { email = "old@example.com" });

        var changed = await TestTenant.ReadAsync<Customer>(await PutAsync("shop", "1", new { identities = new[] { new { kind = "email", value = "new@example.com", is_primary = true } } }));

        Assert.That(changed.Email, Is.EqualTo("new@example.com"));
        Assert.That((await IdentitiesOfAsync(changed.Id, IdentityKind.Email)).Where(i => i.IsPrimary).Select(i => i.Value), Is.EqualTo(new[] { "new@example.com" }));
    }

    [Test]
    public async Task An_upsert_that_says_nothing_of_the_primary_address_leaves_it_as_it_is()
    {
        await PutAsync("shop", "1", new { email = "old@example.com" });

        var changed = await TestTenant.ReadAsync<Customer>(await PutAsync("shop", "1", new { email = "new@example.com" }));

        Assert.That(changed.Email, Is.EqualTo("old@example.com"));
    }

    [Test]
    public async Task What_an_upsert_states_of_an_identity_the_customer_has_comes_true_once_and_is_told()
    {
        var body = new { identities = new[] { new { kind = "email", value = "Second@Example.com", is_primary = true, is_verified = true } } };
        await PutAsync("shop", "1", new { identities = new[] { new { kind = "email", value = "first@example.com", is_primary = true }, new { kind = "email", value = "second@example.com", is_primary = false } } });

        var changed = await TestTenant.ReadAsync<Customer>(await PutAsync("shop", "1", body));
        var again = await TestTenant.ReadAsync<Customer>(await PutAsync("shop", "1", body));

        var second = (await IdentitiesOfAsync(changed.Id, IdentityKind.Email)).Single(i => i.Value == "second@example.com");
        Assert.That((changed.Email, second.IsPrimary, second.IsVerified, second.Revision), Is.EqualTo(("second@example.com", true, true, 2)));
        Assert.That(again.Revision, Is.EqualTo(changed.Revision));
        Assert.That(await EventsAsync("identity.updated"), Has.Length.EqualTo(2)); // the one that was primary, and the one that is
    }

    [Test]
    public async Task Resolving_makes_what_is_stated_true_only_where_identities_are_attached()
    {
        var stated = new[] { new { kind = "email", value = "ana@example.com", is_verified = true, is_primary = false }, new { kind = "email", value = "ana@work.example", is_verified = false, is_primary = true } };

        var looked = await ResolveAsync(new { identities = stated });
        var attached = await ResolveAsync(new { identities = stated, attaches_identities = true });

        Assert.That((looked.Customer?.Email, attached.Customer?.Email), Is.EqualTo(("ana@example.com", "ana@work.example")));
        Assert.That((await IdentitiesOfAsync(ana.Id, IdentityKind.Email)).Select(i => (i.Value, i.IsVerified, i.IsPrimary)),
            Is.EquivalentTo(new[] { ("ana@example.com", true, false), ("ana@work.example", false, true) }));
    }

    [Test]
    public async Task Nobody_makes_another_customers_identity_primary_by_the_way()
    {
        await acme.Http.PostAsJsonAsync($"/v1/customers/{ben.Id}/identities", new { kind = "email", value = "ben@example.com" });
        await acme.Http.PostAsJsonAsync($"/v1/customers/{ben.Id}/identities", new { kind = "email", value = "ben@work.example" });
        await PutAsync("shop", "1", new { email = "ana@example.com", links_existing = true });

        await ResolveAsync(new
        {
            external_ids = new[] { new { source = "shop", id = "1" } }, on_ambiguous = "take_surest", attaches_identities = true,
            identities = new[] { new { kind = "email", value = "ben@work.example", is_primary = true, is_verified = true } },
        });

        Assert.That((await IdentitiesOfAsync(ben.Id, IdentityKind.Email)).Select(i => (i.Value, i.IsPrimary, i.IsVerified)),
            Is.EquivalentTo(new[] { ("ben@example.com", true, false), ("ben@work.example", false, false) }));
    }

    [Test]
    public async Task An_order_that_arrives_with_its_customer_leaves_the_primary_address_alone()
    {
        await acme.WithScopeAsync(async services => await services.GetRequiredService<TenantDb>().InTransactionAsync(async () =>
            await services.GetRequiredService<CustomerFinder>().FindOrCreateAsync(new AddCustomer.Request
            {
                Email = "ana@example.com",
                Identities = [new IdentityDetails { Kind = IdentityKind.Email, Value = "ana@work.example", IsPrimary = true }],
            }, "/customer", default), default));

        Assert.That((await acme.GetAsync<Customer>($"/v1/customers/{ana.Id}")).Email, Is.EqualTo("ana@example.com"));
    }

    [Test]
    public async Task Upserts_at_once_that_each_state_another_primary_address_leave_one_primary()
    {
        await PutAsync("shop", "1", new { email = "first@example.com" });

        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(n =>
            PutAsync("shop", "1", new { identities = new[] { new { kind = "email", value = $"mail{n}@example.com", is_primary = true } } })));

        var customer = await acme.GetAsync<Customer>("/v1/customers/by-external-id/shop/1");
        Assert.That(responses.Select(r => r.StatusCode), Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That((await IdentitiesOfAsync(customer.Id, IdentityKind.Email)).Where(i => i.IsPrimary).Select(i => i.Value), Is.EqualTo(new[] { customer.Email }));
    }

    private async Task<Identity[]> IdentitiesOfAsync(Id<Customer> customerId, IdentityKind kind) =>
        [.. (await acme.GetAsync<Page<Identity>>($"/v1/customers/{customerId}/identities?limit=100")).Data.Where(i => i.Kind == kind)];

    private async Task<JsonElement[]> EventsAsync(string type) =>
        [.. (await acme.GetAsync<JsonElement>("/v1/events?limit=100")).GetProperty("data").EnumerateArray().Where(e => e.GetProperty("type").GetString() == type)];

    private Task<Answer> ResolveAsync(object body) => acme.CreateAsync<Answer>("/v1/customers/resolve", body);
    private Task<HttpResponseMessage> PutAsync(string source, string id, object body) => acme.Http.PutAsJsonAsync($"/v1/customers/by-external-id/{source}/{id}", body);
}
