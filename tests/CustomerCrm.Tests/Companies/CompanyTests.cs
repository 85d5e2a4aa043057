using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Companies;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Tests.Companies;

public class CompanyTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task SetUp() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task A_created_company_can_be_shown_and_is_found_every_way()
    {
        var response = await acme.Http.PostAsJsonAsync("/v1/companies", new
        {
            name = "Čapek & Söhne", domains = new[] { "https://www.Capek.example/shop", "söhne.example" }, industry = "Retail", employees = 12,
            external_ids = new[] { new { source = "ERP", id = "C-1" }, new { source = "crm", id = "77" } },
        }, StrictJson.Options);
        var created = await TestTenant.ReadAsync<Company>(response);
        await CreateAsync(new { name = "Others" });

        var shown = await acme.GetAsync<Company>($"/v1/companies/{created.Id}");

        Assert.That((response.StatusCode, response.Headers.ETag?.Tag), Is.EqualTo((HttpStatusCode.Created, "\"r1\"")));
        Assert.That(Company.SaySame(shown, created), Is.True);
        Assert.That(shown.Domains, Is.EqualTo(new[] { "capek.example", "xn--shne-5qa.example" }));
        Assert.That(shown.ExternalIds.Select(id => (id.Source, id.Id)), Is.EqualTo(new[] { ("crm", "77"), ("erp", "C-1") }));
        Assert.That((await acme.GetAsync<Company>("/v1/companies/by-external-id/erp/C-1")).Id, Is.EqualTo(created.Id));
        foreach (var query in new[] { "q=capek", "q=SOHN cap", "q=xn--s", "q=capek.ex", "filter[domain][eq]=www.capek.example", "filter[external_id][eq]=erp:C-1", "filter[name][starts_with]=CAPEK", "filter[industry][eq]=Retail" })
            Assert.That((await acme.GetAsync<Page<Company>>($"/v1/companies?{query}")).Data.Select(c => c.Id), Is.EqualTo(new[] { created.Id }), query);
        foreach (var query in new[] { "q=apek", "q=capek others", "filter[external_id][eq]=erp:c-1" })
            Assert.That((await acme.GetAsync<Page<Company>>($"/v1/companies?{query}")).Data, Is.Empty, query);
    }

    [Test]
    public async Task A_change_leaves_alone_what_it_does_not_say()
    {
        var company = await CreateAsync(new { name = "Acme", city = "Wien", domains = new[] { "a.example", "b.example" }, external_ids = new[] { new { source = "erp", id = "1" } } });

        var changed = await TestTenant.ReadAsync<Company>(await PatchAsync(company, new { name = "Acme Ltd", domains = new[] { "b.example", "c.example" }, external_ids = new[] { new { source = "erp", id = "2" } } }));
        var same = await TestTenant.ReadAsync<Company>(await PatchAsync(company, new { name = "Acme Ltd" }));
        var stale = await PatchAsync(company, new { city = "Graz" }, ifMatch: "\"r1\"");

        Assert.That((changed.Name, changed.City, changed.Revision), Is.EqualTo(("Acme Ltd", "Wien", 2)));
        Assert.That(changed.Domains, Is.EqualTo(new[] { "b.example", "c.example" }));
        Assert.That(same.Revision, Is.EqualTo(2));
        Assert.That(stale.StatusCode, Is.EqualTo(HttpStatusCode.PreconditionFailed));
        Assert.That((await acme.GetAsync<Page<Company>>("/v1/companies?q=ltd")).Data, Has.Count.EqualTo(1));
        Assert.That((await acme.Http.GetAsync("/v1/companies/by-external-id/erp/1")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await CreateAsync(new { name = "Heirs", domains = new[] { "a.example" } })).Domains, Has.Count.EqualTo(1), "what is given up is free");
    }

    [Test]
    public async Task What_is_another_companys_is_a_conflict_that_says_whose()
    {
        var first = await CreateAsync(new { name = "First", domains = new[] { "first.example" } });
        var second = await CreateAsync(new { name = "Second" });

        var create = await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/companies", new { name = "Third", domains = new[] { "FIRST.example" } }));
        var change = await Problem.OfAsync(await PatchAsync(second, new { domains = new[] { "first.example" } }));
        var elsewhere = await (await TestTenant.NewAsync()).CreateAsync<Company>("/v1/companies", new { name = "First", domains = new[] { "first.example" } });

        foreach (var problem in new[] { create, change })
            Assert.That((problem.Status, problem.Code, problem.Document.GetProperty("company_id").GetString()), Is.EqualTo((HttpStatusCode.Conflict, "company_exists", first.Id.ToString())));
        Assert.That(elsewhere.Domains, Is.EqualTo(first.Domains), "another tenant's company is nobody's business");
    }

    [Test]
    public async Task Fifty_at_once_with_one_domain_make_one_company()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => acme.Http.PostAsJsonAsync("/v1/companies", new { name = $"Company {i}", domains = new[] { "one.example" } })));

        Assert.That(answers.GroupBy(a => a.StatusCode).ToDictionary(g => g.Key, g => g.Count()), Is.EquivalentTo(new Dictionary<HttpStatusCode, int> { [HttpStatusCode.Created] = 1, [HttpStatusCode.Conflict] = 49 }));
        Assert.That((await acme.GetAsync<Page<Company>>("/v1/companies")).Data, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_company_is_stated_by_its_external_id_as_often_as_one_likes()
    {
        var known = await CreateAsync(new { name = "Known", domains = new[] { "known.example" } });

        var created = await PutAsync("erp/1", new { name = "New", domains = new[] { "new.example" } });
        var again = await PutAsync("erp/1", new { name = "New", domains = new[] { "new.example" } });
        var nameless = await PutAsync("erp/2", new { city = "Wien" });
        var taken = await PutAsync("erp/3", new { name = "Known", domains = new[] { "known.example" } });
        var linked = await PutAsync("erp/3", new { name = "Known Ltd", domains = new[] { "known.example" }, links_existing = true });

        Assert.That((created.StatusCode, again.StatusCode, nameless.StatusCode, taken.StatusCode, linked.StatusCode),
            Is.EqualTo((HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Conflict, HttpStatusCode.OK)));
        Assert.That((await TestTenant.ReadAsync<Company>(again)).Revision, Is.EqualTo(1));
        Assert.That((await TestTenant.ReadAsync<Company>(linked)).Id, Is.EqualTo(known.Id));
        Assert.That((await acme.GetAsync<Company>("/v1/companies/by-external-id/erp/3")).Name, Is.EqualTo("Known Ltd"));
    }

    [Test]
    public async Task In_a_batch_a_bad_item_undoes_nothing()
    {
        object[] items =
        [
            new { source = "erp", external_id = "1", name = "One", domains = new[] { "one.example" } },
            new { source = "erp", external_id = "2", name = "Two", domains = new[] { "one.example" } },
            new { source = "e r p", external_id = "3", name = "Three" },
            new { source = "erp", external_id = "4", name = "Four", domains = new[] { "nothing" } },
            new { source = "erp", external_id = "1", employees = 5 },
        ];

        var answer = await acme.CreateAsync<JsonElement>("/v1/companies/batch", new { items });

        var results = answer.GetProperty("results").EnumerateArray().ToArray();
        Assert.That(results.Select(r => r.GetProperty("status").GetInt32()), Is.EqualTo(new[] { 201, 409, 422, 422, 200 }));
        Assert.That(results[1].GetProperty("error").GetProperty("company_id").GetString(), Is.EqualTo(results[0].GetProperty("data").GetProperty("id").GetString()), "as it is told of one");
        Assert.That(results[3].GetProperty("error").GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/domains/0"));
        Assert.That((await acme.GetAsync<Page<Company>>("/v1/companies")).Data.Select(c => (c.Name, c.Employees)), Is.EqualTo(new[] { ("One", (int?)5) }));
    }

    [TestCase("https://www.Foo.example:8080/x?y", "foo.example")]
    [TestCase("http://ada:secret@foo.example/", "foo.example")]
    [TestCase("foo.example:443", "foo.example")]
    [TestCase("HTTPS://Foo.example.", "foo.example")]
    public async Task A_web_address_will_do_for_a_domain(string address, string domain) =>
        Assert.That((await CreateAsync(new { name = "Foo", domains = new[] { address } })).Domains, Is.EqualTo(new[] { domain }));

    [TestCase("""{}""", "/name")]
    [TestCase("""{"name":null}""", "/name")]
    [TestCase("""{"name":"A","domains":["no domain"]}""", "/domains/0")]
    [TestCase("""{"name":"A","domains":["127.0.0.1"]}""", "/domains/0")]
    [TestCase("""{"name":"A","domains":["https://[::1]:80/"]}""", "/domains/0")]
    [TestCase("""{"name":"A","domains":["ada@foo.example"]}""", "/domains/0")]
    [TestCase("""{"name":"A","domains":["foo.example:x"]}""", "/domains/0")]
    [TestCase("""{"name":"A","employees":-1}""", "/employees")]
    [TestCase("""{"name":"A","country":"at"}""", "/country")]
    [TestCase("""{"name":"A","external_ids":[{"source":"erp","id":"1"},{"source":"ERP","id":"2"}]}""", "/external_ids/1/source")]
    public async Task What_is_not_acceptable_is_refused_by_name(string body, string pointer)
    {
        var problem = await Problem.OfAsync(await acme.Http.PostAsync("/v1/companies", new StringContent(body, null, "application/json")));

        Assert.That((problem.Status, problem.Pointers.Single()), Is.EqualTo((HttpStatusCode.UnprocessableEntity, pointer)));
    }

    [TestCase("q=a")]
    [TestCase("filter[domain][eq]=nothing")]
    [TestCase("filter[external_id][eq]=erp")]
    [TestCase("sort=employees")]
    public async Task A_bad_question_is_refused(string query) =>
        Assert.That((await acme.Http.GetAsync($"/v1/companies?{query}")).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));

    private Task<Company> CreateAsync(object body) => acme.CreateAsync<Company>("/v1/companies", body);

    private Task<HttpResponseMessage> PutAsync(string external, object body) => acme.Http.PutAsJsonAsync($"/v1/companies/by-external-id/{external}", body);

    private Task<HttpResponseMessage> PatchAsync(Company company, object body, string? ifMatch = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, $"/v1/companies/{company.Id}") { Content = JsonContent.Create(body) };
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return acme.Http.SendAsync(request);
    }
}
