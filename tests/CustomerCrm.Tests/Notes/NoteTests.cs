using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Companies;
using CustomerCrm.Customers;
using CustomerCrm.Notes;
using CustomerCrm.Orders;
using CustomerCrm.Overview;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Tests.Notes;

public class NoteTests
{
    private TestTenant acme = null!;
    private Customer ana = null!;

    [SetUp]
    public async Task SetUp()
    {
        acme = await TestTenant.NewAsync();
        ana = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ana" });
    }

    [Test]
    public async Task A_note_says_who_wrote_it_and_can_be_changed()
    {
        var response = await acme.Http.PostAsJsonAsync("/v1/notes", new { customer_id = ana.Id.ToString(), body = "Likes tea.", is_pinned = true });
        var note = await TestTenant.ReadAsync<Note>(response);

        var changed = await TestTenant.ReadAsync<Note>(await acme.Http.PatchAsJsonAsync($"/v1/notes/{note.Id}", new { body = "Likes coffee." }));

        Assert.That((response.StatusCode, response.Headers.ETag?.Tag), Is.EqualTo((HttpStatusCode.Created, "\"r1\"")));
        Assert.That((note.Author.Kind, note.Author.Id?[..4], note.WrittenAt), Is.EqualTo((ActorKind.ApiKey, "key_", TestApi.Clock.GetUtcNow())));
        Assert.That((changed.Body, changed.IsPinned, changed.Revision, changed.Author), Is.EqualTo(("Likes coffee.", true, 2, note.Author)));
        Assert.That(await acme.GetAsync<Note>($"/v1/notes/{note.Id}"), Is.EqualTo(changed));
    }

    [Test]
    public async Task Notes_stand_where_they_belong()
    {
        var company = await acme.CreateAsync<Company>("/v1/companies", new { name = "Acme" });
        var order = await Some.OrderAsync(acme, ana.Id);
        var longAgo = TestApi.Clock.GetUtcNow().AddYears(-2);
        await WriteAsync(new { customer_id = ana.Id.ToString(), body = "old", written_at = longAgo });
        await WriteAsync(new { customer_id = ana.Id.ToString(), body = "pinned", is_pinned = true, written_at = longAgo.AddYears(-1) });
        await WriteAsync(new { order_id = order.Id.ToString(), body = "ordered" });
        await WriteAsync(new { company_id = company.Id.ToString(), body = "company" });

        Assert.That(await BodiesAsync($"/v1/customers/{ana.Id}/notes"), Is.EqualTo(new[] { "ordered", "old", "pinned" }));
        Assert.That(await BodiesAsync($"/v1/customers/{ana.Id}/notes?filter[is_pinned][eq]=true"), Is.EqualTo(new[] { "pinned" }));
        Assert.That(await BodiesAsync($"/v1/orders/{order.Id}/notes"), Is.EqualTo(new[] { "ordered" }));
        Assert.That(await BodiesAsync($"/v1/companies/{company.Id}/notes"), Is.EqualTo(new[] { "company" }));
        Assert.That(await BodiesAsync($"/v1/notes?filter[company_id][eq]={company.Id}"), Is.EqualTo(new[] { "company" }));
        Assert.That((await acme.GetAsync<CustomerOverview>($"/v1/customers/{ana.Id}/360")).Notes.Select(n => n.Body), Is.EqualTo(new[] { "pinned", "ordered", "old" }));
        Assert.That(await TimelineAsync(ana), Is.EqualTo(new[] { "ordered", "old", "pinned" }));
    }

    [Test]
    public async Task A_note_of_an_order_follows_its_order()
    {
        var ben = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ben" });
        var order = await Some.OrderAsync(acme, ana.Id);
        var note = await WriteAsync(new { order_id = order.Id.ToString(), body = "Wrapped as a gift." });

        await Some.PatchAsync(acme, order, new { customer_id = ben.Id.ToString() });
        await TestApi.RunJobsAsync();
        Assert.That(await TimelineAsync(ana), Is.Empty);
        Assert.That(await TimelineAsync(ben), Is.EqualTo(new[] { "Wrapped as a gift." }));

        await acme.Http.DeleteAsync($"/v1/orders/{order.Id}");
        Assert.That((await acme.Http.GetAsync($"/v1/notes/{note.Id}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "at once");
        Assert.That(await TimelineAsync(ben), Is.Empty);
        await TestApi.RunJobsAsync();
        Assert.That(await BodiesAsync("/v1/notes"), Is.Empty);
    }

    [Test]
    public async Task In_a_batch_each_note_has_an_answer_of_its_own()
    {
        object[] items =
        [
            new { customer_id = ana.Id.ToString(), body = "One" }, new { customer_id = Id<Customer>.New().ToString(), body = "Two" }, new { body = "Three" },
            new { customer_id = ana.Id.ToString(), order_id = Id<Order>.New().ToString(), body = "Four" },
            new { customer_id = ana.Id.ToString(), body = "Five", written_at = TestApi.Clock.GetUtcNow().AddDays(2) },
        ];

        var answer = await acme.CreateAsync<JsonElement>("/v1/notes/batch", new { items });

        Assert.That(answer.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("status").GetInt32()), Is.EqualTo(new[] { 201, 404, 422, 422, 422 }));
        Assert.That(await BodiesAsync("/v1/notes"), Is.EqualTo(new[] { "One" }));
    }

    [Test]
    public async Task Nothing_of_another_tenants_can_be_written_of()
    {
        var stranger = await TestTenant.NewAsync();
        var (order, company) = (await Some.OrderAsync(stranger), await stranger.CreateAsync<Company>("/v1/companies", new { name = "Theirs" }));

        foreach (var body in new object[] { new { customer_id = order.CustomerId.ToString(), body = "x" }, new { order_id = order.Id.ToString(), body = "x" }, new { company_id = company.Id.ToString(), body = "x" } })
            Assert.That((await acme.Http.PostAsJsonAsync("/v1/notes", body)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), $"{body}");
    }

    private Task<Note> WriteAsync(object body) => acme.CreateAsync<Note>("/v1/notes", body);

    private async Task<string[]> BodiesAsync(string path) => [.. (await acme.GetAsync<Page<Note>>(path)).Data.Select(n => n.Body)];

    private async Task<string?[]> TimelineAsync(Customer customer) =>
        [.. (await acme.GetAsync<JsonElement>($"/v1/customers/{customer.Id}/timeline?filter[kind][in]=note")).GetProperty("data").EnumerateArray().Select(e => e.GetProperty("title").GetString())];
}
