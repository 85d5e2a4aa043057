using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Identities;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Tests.Customers;

public class CustomerTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task SetUp() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task A_created_customer_can_be_shown_with_its_identities()
    {
        var response = await acme.Http.PostAsJsonAsync("/v1/customers", new
        {
            first_name = "Ana",
            last_name = "Petrova",
            email = "Ana@Example.com",
            phone = "030 1234567",
            country = "DE",
            birth_date = "1990-02-28",
            time_zone = "Europe/Berlin",
            language = "de-DE",
            external_ids = new[] { new { source = "shop", id = "1042" } },
        });
        var created = await TestTenant.ReadAsync<Customer>(response);

        var shown = await acme.GetAsync<Customer>($"/v1/customers/{created.Id}");
        var identities = await acme.GetAsync<Page<Identity>>($"/v1/customers/{created.Id}/identities");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(response.Headers.Location?.ToString(), Is.EqualTo($"/v1/customers/{created.Id}"));
        Assert.That(response.Headers.ETag?.Tag, Is.EqualTo("\"r1\""));
        Assert.That(shown, Is.EqualTo(created));
        Assert.That((shown.Name, shown.Email, shown.Phone, shown.BirthDate), Is.EqualTo(("Ana Petrova", "Ana@Example.com", "+49301234567", new DateOnly(1990, 2, 28))));
        Assert.That(shown.LastSeenAt, Is.EqualTo(shown.CreatedAt));
        Assert.That(identities.Data.Select(i => (i.Kind, i.Source, i.Value, i.IsPrimary)), Is.EquivalentTo(new (IdentityKind, string?, string, bool)[]
        {
            (IdentityKind.Email, null, "Ana@Example.com", true),
            (IdentityKind.Phone, null, "+49301234567", true),
            (IdentityKind.External, "shop", "1042", true),
        }));
        var told = (await acme.GetAsync<JsonElement>("/v1/events")).GetProperty("data").EnumerateArray().Single();
        Assert.That(told.GetProperty("type").GetString(), Is.EqualTo("customer.created"));
        Assert.That(told.GetProperty("data").GetProperty("identities").EnumerateArray().Select(i => i.GetProperty("value").GetString()), Is.EquivalentTo(identities.Data.Select(i => i.Value)));
    }

    [Test]
    public async Task A_collision_names_who_has_what_and_how_sure_that_is_and_creates_nothing()
    {
        var ana = await CreateAsync(new { name = "Ana", email = "ana@example.com" });
        var ben = await CreateAsync(new { name = "Ben", phone = "+49301234567" });

        var problem = await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/customers", new { name = "Ann", phone = "+49 30 1234567", email = "ANA@example.com" }));

        Assert.That((problem.Status, problem.Code), Is.EqualTo((HttpStatusCode.Conflict, "customer_exists")));
        var candidates = problem.Document.GetProperty("candidates").EnumerateArray().ToArray();
        Assert.That(candidates.Select(c => c.GetProperty("customer_id").GetString()), Is.EqualTo(new[] { ana.Id.ToString(), ben.Id.ToString() }));
        Assert.That(candidates[0].GetProperty("rule").GetString(), Is.EqualTo("same_email"));
        Assert.That(candidates[0].GetProperty("confidence").GetDouble(), Is.EqualTo(0.95));
        Assert.That(candidates[0].GetProperty("identity").GetProperty("value").GetString(), Is.EqualTo("ANA@example.com"));
        Assert.That((await acme.GetAsync<Page<Customer>>("/v1/customers")).Data, Has.Count.EqualTo(2));
        Assert.That((await acme.GetAsync<Page<Customer>>("/v1/customers?q=ann")).Data, Is.Empty);
    }

    [Test]
    public async Task Fifty_identical_creates_at_once_make_exactly_one_customer()
    {
        var responses = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ =>
            acme.Http.PostAsJsonAsync("/v1/customers", new { name = "Ana", email = "ana@example.com", phone = "+49301234567" })));

        Assert.That(responses.Count(r => r.StatusCode == HttpStatusCode.Created), Is.EqualTo(1));
        Assert.That(responses.Count(r => r.StatusCode == HttpStatusCode.Conflict), Is.EqualTo(49));
        Assert.That((await acme.GetAsync<Page<Customer>>("/v1/customers")).Data, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_same_identity_in_two_tenants_is_two_customers()
    {
        var other = await TestTenant.NewAsync();
        await CreateAsync(new { email = "ana@example.com" });

        var theirs = await other.CreateAsync<Customer>("/v1/customers", new { email = "ana@example.com" });

        Assert.That((await acme.Http.GetAsync($"/v1/customers/{theirs.Id}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_patch_changes_what_it_names_clears_what_is_null_and_leaves_the_rest()
    {
        var ana = await CreateAsync(new { first_name = "Ana", last_name = "Petrova", city = "Wien", company = "Acme" });

        var changed = await TestTenant.ReadAsync<Customer>(await PatchAsync(ana.Id, """{"last_name":"Simić","city":null}"""));

        Assert.That((changed.Name, changed.City, changed.Company, changed.Revision), Is.EqualTo(("Ana Simić", (string?)null, "Acme", 2)));
        Assert.That((await acme.GetAsync<Page<Customer>>("/v1/customers?q=simic")).Data.Select(c => c.Id), Is.EqualTo(new[] { ana.Id }));
        Assert.That((await acme.GetAsync<Page<Customer>>("/v1/customers?q=petrova")).Data, Is.Empty);
        Assert.That(await EventTypesAsync(), Is.EqualTo(new[] { "customer.created", "customer.updated" }));
    }

    [Test]
    public async Task A_patch_that_changes_nothing_makes_no_revision_and_no_event()
    {
        var ana = await CreateAsync(new { name = "Ana" });

        var same = await TestTenant.ReadAsync<Customer>(await PatchAsync(ana.Id, """{"name":"Ana"}"""));

        Assert.That(same, Is.EqualTo(ana));
        Assert.That(await EventTypesAsync(), Is.EqualTo(new[] { "customer.created" }));
    }

    [Test]
    public async Task Of_many_changes_that_expect_the_same_revision_one_succeeds()
    {
        var ana = await CreateAsync(new { name = "Ana" });

        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => PatchAsync(ana.Id, $$"""{"city":"City {{n}}"}""", ifMatch: "\"r1\"")));

        Assert.That(responses.Count(r => r.StatusCode == HttpStatusCode.OK), Is.EqualTo(1));
        Assert.That(responses.Count(r => r.StatusCode == HttpStatusCode.PreconditionFailed), Is.EqualTo(19));
        Assert.That((await acme.GetAsync<Customer>($"/v1/customers/{ana.Id}")).Revision, Is.EqualTo(2));
    }

    [Test]
    public async Task A_deleted_customer_is_gone_with_its_identities_and_answers_like_one_that_never_was()
    {
        var ana = await CreateAsync(new { name = "Ana", email = "ana@example.com" });

        var deleted = await acme.Http.DeleteAsync($"/v1/customers/{ana.Id}");
        var gone = await acme.Http.GetAsync($"/v1/customers/{ana.Id}");
        var never = await acme.Http.GetAsync($"/v1/customers/{Id<Customer>.New()}");

        Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((gone.StatusCode, never.StatusCode), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.NotFound)));
        Assert.That((await acme.Http.DeleteAsync($"/v1/customers/{ana.Id}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        await CreateAsync(new { email = "ana@example.com" }); // the address is free again
        Assert.That((await EventTypesAsync())[..2], Is.EqualTo(new[] { "customer.created", "customer.removed" }));
    }

    [Test]
    public async Task A_customer_with_orders_is_not_deleted()
    {
        var ana = await CreateAsync(new { name = "Ana" });
        await acme.WithDbAsync(db => db.ExecuteAsync(InsertOrder, new { Id = Guid.CreateVersion7().ToByteArray(bigEndian: true), CustomerId = ana.Id, Now = TestApi.Clock.GetUtcNow() }, default));

        var problem = await Problem.OfAsync(await acme.Http.DeleteAsync($"/v1/customers/{ana.Id}"));

        Assert.That((problem.Status, problem.Code), Is.EqualTo((HttpStatusCode.Conflict, "customer_has_orders")));
    }

    [TestCase("""{"name":""}""", "/name")]
    [TestCase("""{"country":"de"}""", "/country")]
    [TestCase("""{"time_zone":"Mars/Olympus"}""", "/time_zone")]
    [TestCase("""{"language":"not a language"}""", "/language")]
    [TestCase("""{"email":"ana"}""", "/email")]
    [TestCase("""{"phone":"030 1234567"}""", "/phone")]
    [TestCase("""{"identities":[{"kind":"social","value":"ana"}]}""", "/identities/0/source")]
    [TestCase("""{"identities":[{"kind":"email","source":"shop","value":"ana@example.com"}]}""", "/identities/0/source")]
    [TestCase("""{"identities":[{"kind":"email","value":"ana"}]}""", "/identities/0/value")]
    [TestCase("""{"identities":[{"value":"ana@example.com"}]}""", "/identities/0/kind")]
    [TestCase("""{"external_ids":[{"id":"1"}]}""", "/external_ids/0/source")]
    public async Task What_is_not_acceptable_is_named(string body, string pointer)
    {
        var problem = await Problem.OfAsync(await acme.Http.PostAsync("/v1/customers", Json(body)));

        Assert.That((problem.Status, problem.Code), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "validation_failed")));
        Assert.That(problem.Pointers, Is.EqualTo(new[] { pointer }));
    }

    [Test]
    public async Task A_name_made_of_the_longest_parts_is_as_long_as_a_name_may_be()
    {
        var customer = await acme.CreateAsync<Customer>("/v1/customers", new { first_name = new string('a', 100), last_name = new string('b', 100) });

        var renamed = await TestTenant.ReadAsync<Customer>(await acme.Http.PatchAsJsonAsync($"/v1/customers/{customer.Id}", new { last_name = new string('c', 100) }));

        Assert.That(customer.Name, Is.EqualTo($"{new string('a', 100)} {new string('b', 99)}"));
        Assert.That(renamed.Name, Is.EqualTo($"{new string('a', 100)} {new string('c', 99)}"));
    }

    [TestCase("""{"nmae":"Ana"}""")]
    [TestCase("""{"name":"Ana","name":"Ben"}""")]
    [TestCase("""{"name":1}""")]
    [TestCase("""{"identities":[{"kind":"pigeon","value":"x"}]}""")]
    public async Task What_cannot_be_read_is_refused(string body) =>
        Assert.That((await acme.Http.PostAsync("/v1/customers", Json(body))).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));

    [Test]
    public async Task A_repeat_with_the_same_idempotency_key_answers_the_same_and_creates_nothing()
    {
        var first = await SendAsync();
        var second = await SendAsync();

        Assert.That(await second.Content.ReadAsStringAsync(), Is.EqualTo(await first.Content.ReadAsStringAsync()));
        Assert.That((await acme.GetAsync<Page<Customer>>("/v1/customers")).Data, Has.Count.EqualTo(1));

        Task<HttpResponseMessage> SendAsync()
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/v1/customers") { Content = Json("""{"name":"Ana"}""") };
            request.Headers.Add("Idempotency-Key", "once");
            return acme.Http.SendAsync(request);
        }
    }

    [Test]
    public async Task A_batch_answers_each_item_and_a_bad_one_undoes_no_other()
    {
        var response = await acme.Http.PostAsync("/v1/customers/batch", Json("""
            {"items":[
                {"name":"Ana","email":"ana@example.com"},
                {"name":"Bad","email":"bad"},
                {"name":"Ann","email":"ANA@example.com"},
                {"name":""},
                {"name":"Ben","email":"ben@example.com"}]}
            """));

        var results = (await TestTenant.ReadAsync<JsonElement>(response)).GetProperty("results").EnumerateArray().ToArray();
        var customers = await acme.GetAsync<Page<Customer>>("/v1/customers?sort=name");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.MultiStatus));
        Assert.That(results.Select(r => r.GetProperty("status").GetInt32()), Is.EqualTo(new[] { 201, 422, 409, 422, 201 }));
        Assert.That(results[1].GetProperty("error").GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/email"));
        Assert.That(results[2].GetProperty("error").GetProperty("candidates")[0].GetProperty("customer_id").GetString(), Is.EqualTo(customers.Data[0].Id.ToString()));
        Assert.That(customers.Data.Select(c => c.Name), Is.EqualTo(new[] { "Ana", "Ben" }));
        Assert.That(await EventTypesAsync(), Is.EqualTo(new[] { "customer.created", "customer.created" }));
    }

    [TestCase(0)]
    [TestCase(201)]
    public async Task A_batch_has_1_to_200_items(int count)
    {
        var response = await acme.Http.PostAsJsonAsync("/v1/customers/batch", new { items = Enumerable.Range(0, count).Select(n => new { name = $"C{n}" }) });

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
    }

    private Task<Customer> CreateAsync(object body) => acme.CreateAsync<Customer>("/v1/customers", body);

    private Task<HttpResponseMessage> PatchAsync(Id<Customer> id, string body, string? ifMatch = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, $"/v1/customers/{id}") { Content = Json(body) };
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return acme.Http.SendAsync(request);
    }

    private async Task<string[]> EventTypesAsync() =>
        [.. (await acme.GetAsync<JsonElement>("/v1/events?limit=100")).GetProperty("data").EnumerateArray().Select(e => e.GetProperty("type").GetString()!)];

    private static StringContent Json(string text) => new(text, System.Text.Encoding.UTF8, "application/json");

    private static readonly TenantSql InsertOrder = TenantSql.Of("""
        INSERT INTO Orders (TenantId, Id, CustomerId, PlacedAt, Currency, LinesMinor, DiscountMinor, TaxMinor, IsTaxIncluded, ShippingMinor, RefundedMinor, RefundedGoodsMinor,
            SpendMinor, SpendKey, PaymentStatus, FulfillmentStatus, IsCounted, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @CustomerId, @Now, 'EUR', 100, 0, 0, 0, 0, 0, 0, 100, 100, 3, 5, 1, 1, @Now, @Now)
        """);
}
