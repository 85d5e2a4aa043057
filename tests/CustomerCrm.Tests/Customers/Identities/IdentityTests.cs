using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Identities;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Tests.Customers.Identities;

public class IdentityTests
{
    private TestTenant acme = null!;
    private Customer ana = null!;

    [SetUp]
    public async Task SetUp()
    {
        acme = await TestTenant.NewAsync();
        ana = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ana", email = "ana@home.example" });
    }

    [Test]
    public async Task A_second_address_is_not_primary_until_it_is_made_so_and_then_the_first_is_not()
    {
        var work = await AddAsync(ana.Id, new { kind = "email", value = "ana@work.example" });

        var primary = await TestTenant.ReadAsync<Identity>(await PatchAsync(work.Id, new { is_primary = true, is_verified = true }));

        var all = await OfAsync(ana.Id);
        Assert.That(work.IsPrimary, Is.False);
        Assert.That((primary.IsPrimary, primary.IsVerified, primary.Revision), Is.EqualTo((true, true, 2)));
        Assert.That(all.Where(i => i.IsPrimary).Select(i => i.Value), Is.EqualTo(new[] { "ana@work.example" }));
        Assert.That((await CustomerAsync(ana.Id)).Email, Is.EqualTo("ana@work.example"));
    }

    [Test]
    public async Task There_is_always_a_primary_one()
    {
        var only = (await OfAsync(ana.Id))[0];

        var problem = await Problem.OfAsync(await PatchAsync(only.Id, new { is_primary = false }));

        Assert.That(problem.Pointers, Is.EqualTo(new[] { "/is_primary" }));
    }

    [Test]
    public async Task When_the_primary_one_is_removed_another_takes_its_place()
    {
        await AddAsync(ana.Id, new { kind = "email", value = "old@example.com" });
        await AddAsync(ana.Id, new { kind = "email", value = "verified@example.com", is_verified = true });
        var first = (await OfAsync(ana.Id)).Single(i => i.IsPrimary);

        var removed = await acme.Http.DeleteAsync($"/v1/identities/{first.Id}");

        Assert.That(removed.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await OfAsync(ana.Id)).Single(i => i.IsPrimary).Value, Is.EqualTo("verified@example.com"));
        Assert.That((await CustomerAsync(ana.Id)).Email, Is.EqualTo("verified@example.com"));
        Assert.That((await acme.Http.GetAsync($"/v1/identities/{first.Id}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task An_identity_that_is_taken_says_whose_and_can_be_moved_from_there()
    {
        var ben = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ben" });

        var problem = await Problem.OfAsync(await acme.Http.PostAsJsonAsync($"/v1/customers/{ben.Id}/identities", new { kind = "email", value = "ANA@home.example" }));
        var identity = (await OfAsync(ana.Id))[0];
        var moved = await TestTenant.ReadAsync<Identity>(await acme.Http.PostAsJsonAsync($"/v1/identities/{identity.Id}/move", new { customer_id = ben.Id.ToString() }));

        Assert.That((problem.Status, problem.Code), Is.EqualTo((HttpStatusCode.Conflict, "identity_taken")));
        Assert.That(problem.Document.GetProperty("candidates")[0].GetProperty("customer_id").GetString(), Is.EqualTo(ana.Id.ToString()));
        Assert.That((moved.CustomerId, moved.IsPrimary, moved.Revision), Is.EqualTo((ben.Id, true, 2)));
        Assert.That(((await CustomerAsync(ana.Id)).Email, (await CustomerAsync(ben.Id)).Email), Is.EqualTo(((string?)null, "ana@home.example")));
        Assert.That((await EventsAsync("identity.moved")).Select(e => e.GetProperty("customer_id").GetString()), Is.EqualTo(new[] { ana.Id.ToString(), ben.Id.ToString() }));
    }

    [Test]
    public async Task An_identity_cannot_be_moved_to_another_tenants_customer()
    {
        var stranger = await (await TestTenant.NewAsync()).CreateAsync<Customer>("/v1/customers", new { name = "Eve" });
        var identity = (await OfAsync(ana.Id))[0];

        var foreign = await acme.Http.PostAsJsonAsync($"/v1/identities/{identity.Id}/move", new { customer_id = stranger.Id.ToString() });
        var missing = await acme.Http.PostAsJsonAsync($"/v1/identities/{identity.Id}/move", new { customer_id = Id<Customer>.New().ToString() });

        Assert.That((foreign.StatusCode, missing.StatusCode), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.NotFound)));
        Assert.That((await OfAsync(ana.Id))[0], Is.EqualTo(identity));
    }

    [Test]
    public async Task Many_addresses_added_at_once_leave_one_primary_of_each_kind()
    {
        var ben = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ben" });

        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => AddAsync(ben.Id, new { kind = n % 2 == 0 ? "email" : "social", source = n % 2 == 0 ? null : "instagram", value = n % 2 == 0 ? $"b{n}@example.com" : $"b{n}", is_primary = n > 10 })));

        Assert.That((await OfAsync(ben.Id)).Where(i => i.IsPrimary).Select(i => i.Kind), Is.EquivalentTo(new[] { IdentityKind.Email, IdentityKind.Social }));
    }

    [Test]
    public async Task A_change_that_expects_another_revision_is_refused()
    {
        var identity = (await OfAsync(ana.Id))[0];
        var request = new HttpRequestMessage(HttpMethod.Delete, $"/v1/identities/{identity.Id}");
        request.Headers.TryAddWithoutValidation("If-Match", "\"r9\"");

        Assert.That((await acme.Http.SendAsync(request)).StatusCode, Is.EqualTo(HttpStatusCode.PreconditionFailed));
    }

    [Test]
    public async Task Identities_of_nobody_are_not_found()
    {
        Assert.That((await acme.Http.GetAsync($"/v1/customers/{Id<Customer>.New()}/identities")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await acme.Http.PostAsJsonAsync($"/v1/customers/{Id<Customer>.New()}/identities", new { kind = "email", value = "x@example.com" })).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private Task<Identity> AddAsync(Id<Customer> customerId, object body) => acme.CreateAsync<Identity>($"/v1/customers/{customerId}/identities", body);
    private Task<Customer> CustomerAsync(Id<Customer> id) => acme.GetAsync<Customer>($"/v1/customers/{id}");
    private Task<HttpResponseMessage> PatchAsync(Id<Identity> id, object body) => acme.Http.PatchAsJsonAsync($"/v1/identities/{id}", body);
    private async Task<IReadOnlyList<Identity>> OfAsync(Id<Customer> id) => (await acme.GetAsync<Page<Identity>>($"/v1/customers/{id}/identities")).Data;

    private async Task<JsonElement[]> EventsAsync(string type) =>
        [.. (await acme.GetAsync<JsonElement>("/v1/events?limit=100")).GetProperty("data").EnumerateArray().Where(e => e.GetProperty("type").GetString() == type)];
}
