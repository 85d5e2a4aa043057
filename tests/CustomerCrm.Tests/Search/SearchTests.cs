using System.Net;
using System.Text;
using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.People;
using CustomerCrm.Search;
using CustomerCrm.Search.Asking;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Search;

public class SearchTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task OpenAsync() => acme = await TestTenant.NewAsync();

    [TestCase("lovelace")]
    [TestCase("LOVE")]
    [TestCase("ada lovelace")]
    [TestCase("lovelase")]
    [TestCase("ada lovleace")]
    [TestCase("engines")]
    [TestCase("ada@engines.example")]
    [TestCase("0664 1234567")]
    [TestCase("+43 664 123")]
    [TestCase("c-1042")]
    public async Task A_customer_is_found_by_what_it_is_known_by(string typed)
    {
        var ada = await CustomerAsync(new
        {
            name = "Ada Lovelace", company = "Analytical Engines", email = "ada@engines.example", phone = "+436641234567", external_ids = new[] { new { source = "shop", id = "C-1042" } },
        });
        await CustomerAsync(new { name = "Grace Hopper", email = "grace@navy.example", phone = "+4312345678" });

        Assert.That((await SearchAsync(typed)).Select(hit => hit.Id), Is.EqualTo(new[] { ada.Id.ToString() }));
    }

    [Test]
    public async Task Companies_products_and_notes_are_found_and_forgotten_when_they_are_gone()
    {
        var ana = await CustomerAsync(new { name = "Ana" });
        var company = await IdOfAsync("/v1/companies", new { name = "Analytical Engines", domains = new[] { "engines.example" }, industry = "Mechanics" });
        var product = await IdOfAsync("/v1/products", new { name = "Green tea", sku = "TEA-250", categories = new[] { "Beverages" } });
        var note = await IdOfAsync("/v1/notes", new { customer_id = ana.Id, body = "Prefers afternoons.\nHas a parrot." });
        var ofCompany = await IdOfAsync("/v1/notes", new { company_id = company, body = "Pays late" });
        await TestApi.RunJobsAsync();

        Assert.That(await FoundAsync("analytical"), Is.EqualTo(new[] { (SearchKind.Company, company, (Id<Customer>?)null) }));
        Assert.That(await FoundAsync("engines.example"), Is.EqualTo(new[] { (SearchKind.Company, company, (Id<Customer>?)null) }));
        Assert.That(await FoundAsync("green"), Is.EqualTo(new[] { (SearchKind.Product, product, (Id<Customer>?)null) }));
        Assert.That(await FoundAsync("bevereges"), Is.EqualTo(new[] { (SearchKind.Product, product, (Id<Customer>?)null) }));
        Assert.That(await FoundAsync("parrot"), Is.EqualTo(new[] { (SearchKind.Note, note, (Id<Customer>?)ana.Id) }));
        Assert.That((await SearchAsync("parrot")).Single().Title, Is.EqualTo("Prefers afternoons."));
        Assert.That(await FoundAsync("late"), Is.EqualTo(new[] { (SearchKind.Note, ofCompany, (Id<Customer>?)null) }));
        Assert.That(await SearchAsync("parrot", "kinds=company,product"), Is.Empty);

        foreach (var path in new[] { $"/v1/companies/{company}", $"/v1/products/{product}", $"/v1/customers/{ana.Id}" }) await acme.Http.DeleteAsync(path);
        await TestApi.RunJobsAsync();

        Assert.That(await DocumentsAsync(), Is.Zero);

        async Task<string> IdOfAsync(string path, object body) => (await acme.CreateAsync<JsonElement>(path, body)).GetProperty("id").GetString()!;
        async Task<(SearchKind, string, Id<Customer>?)[]> FoundAsync(string typed) => [.. (await SearchAsync(typed)).Select(hit => (hit.Kind, hit.Id, hit.CustomerId))];
    }

    [Test]
    public async Task A_key_finds_only_what_its_own_routes_would_show_it()
    {
        var ada = await CustomerAsync(new { name = "Ada Parrot" });
        await acme.CreateAsync<JsonElement>("/v1/notes", new { customer_id = ada.Id, body = "Has a parrot" });
        await acme.CreateAsync<JsonElement>("/v1/products", new { name = "Parrot seed" });
        await acme.CreateAsync<JsonElement>("/v1/orders", new { customer_id = ada.Id, order_number = "parrot", lines = new[] { new { name = "Tea", quantity = 1, unit_price_minor = 500 } } });
        await TestApi.RunJobsAsync();
        var agent = await acme.UserAsync(Role.Agent);

        Assert.That(await FoundAsync(acme.Http), Is.EquivalentTo(new[] { "customer", "note", "order", "product" }));
        Assert.That(await FoundAsync(agent.Http), Is.EquivalentTo(new[] { "customer", "note", "order", "product" }));
        Assert.That(await FoundAsync(await WithAsync("search:read")), Is.Empty);
        Assert.That(await FoundAsync(await WithAsync("search:read", "notes:read")), Is.EqualTo(new[] { "note" }));
        Assert.That(await FoundAsync(await WithAsync("search:read", "customers:read", "orders:read")), Is.EquivalentTo(new[] { "customer", "order" }));
        Assert.That(await FoundAsync(await WithAsync("search:read", "customers:read"), "&kinds=note,product"), Is.Empty);

        async Task<HttpClient> WithAsync(params string[] scopes) =>
            TestTenant.ClientOf((await acme.CreateAsync<JsonElement>("/v1/api_keys", new { name = "Few", scopes })).GetProperty("key").GetString()!);
        async Task<string[]> FoundAsync(HttpClient http, string more = "") =>
            [.. (await TestTenant.ReadAsync<JsonElement>(await http.GetAsync($"/v1/search?q=parrot{more}"))).GetProperty("data").EnumerateArray().Select(hit => hit.GetProperty("kind").GetString()!)];
    }

    [Test]
    public void Every_kind_needs_a_scope_that_routes_ask_for() =>
        Assert.That(Enum.GetValues<SearchKind>().Select(SearchScopes.Of), Is.SubsetOf(TestApi.Services.GetRequiredService<KnownScopes>().All));

    [TestCase("Crème brûlée, lukewarm", "creme brulee")]
    [TestCase("The deliveries were running late", "delivery run")]
    [TestCase("Ihre Donaudampfschifffahrt fällt aus", "schifffahrt")]
    [TestCase("我在北京等包裹", "北京")]
    [TestCase("Где моя посылка?", "посылка")]
    [TestCase("Το δέμα έφτασε", "δεμα")]
    [TestCase("The parcel was damaged", "parsel")]
    public async Task What_was_said_is_found_however_it_is_typed(string said, string typed)
    {
        var ana = await CustomerAsync(new { name = "Ana" });
        var call = await InteractionAsync(ana, subject: null, body: said);
        await InteractionAsync(ana, subject: "Weather", body: "It rains.");

        var hit = (await SearchAsync(typed)).Single();

        Assert.That((hit.Kind, hit.Id, hit.CustomerId), Is.EqualTo((SearchKind.Interaction, call, ana.Id)));
        Assert.That(hit.Highlights.Single().Matches, Is.Not.Empty);
    }

    [Test]
    public async Task Who_is_called_so_comes_before_who_begins_so_and_both_before_what_was_said()
    {
        var begun = await CustomerAsync(new { name = "Marianne Berg" });
        var whole = await CustomerAsync(new { name = "Maria Berg" });
        var only = await CustomerAsync(new { name = "Maria" });
        var said = await InteractionAsync(begun, "Question", "Is Maria there?");

        Assert.That((await SearchAsync("maria")).Select(hit => hit.Id), Is.EqualTo(new[] { only.Id.ToString(), whole.Id.ToString(), begun.Id.ToString(), said }));
        Assert.That((await SearchAsync("maria", "kinds=interaction")).Select(hit => hit.Id), Is.EqualTo(new[] { said }));
        Assert.That(await SearchAsync("maria", "limit=2"), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task An_order_is_found_by_its_number_at_once()
    {
        var ana = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ana" });
        var order = await acme.CreateAsync<JsonElement>("/v1/orders/", new { customer_id = ana.Id, order_number = "2030-1001", lines = new[] { new { name = "Tea", quantity = 1, unit_price_minor = 500 } } });

        var hit = (await acme.GetAsync<SearchResults>("/v1/search?q=2030-1001")).Data.Single();

        Assert.That((hit.Kind, hit.Id, hit.Title), Is.EqualTo((SearchKind.Order, order.GetProperty("id").GetString(), "2030-1001")));
    }

    [Test]
    public async Task What_is_changed_is_found_as_it_is_now_and_what_is_removed_is_not()
    {
        var ana = await CustomerAsync(new { name = "Ana Petrova" });
        var call = await InteractionAsync(ana, "Hello", "About the samovar");

        await acme.Http.PatchAsync($"/v1/customers/{ana.Id}", Json("""{"name":"Ana Simić"}"""));
        await acme.Http.PatchAsync($"/v1/interactions/{call}", Json("""{"body":"About the teapot"}"""));
        await TestApi.RunJobsAsync();
        Assert.That((await SearchAsync("petrova"), await SearchAsync("samovar")), Is.EqualTo((Array.Empty<SearchHit>(), Array.Empty<SearchHit>())).AsCollection);
        Assert.That(((await SearchAsync("simic")).Count, (await SearchAsync("teapot")).Count), Is.EqualTo((1, 1)));

        await acme.Http.DeleteAsync($"/v1/customers/{ana.Id}");
        Assert.That(await SearchAsync("simic"), Is.Empty, "Not even before the index has heard of it.");
        await TestApi.RunJobsAsync();
        Assert.That(await DocumentsAsync(), Is.Zero);

        var item = (await acme.GetAsync<JsonElement>("/v1/recycle_bin")).GetProperty("data")[0].GetProperty("id").GetString();
        await acme.Http.PostAsync($"/v1/recycle_bin/{item}/restore", null);
        await TestApi.RunJobsAsync();
        Assert.That(((await SearchAsync("simic")).Count, (await SearchAsync("teapot")).Count), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Nothing_of_a_removed_customer_stays_in_the_index_or_among_the_words()
    {
        var name = "Q" + string.Concat(Guid.NewGuid().ToString("N").Where(char.IsAsciiLetter)) + "marker";
        var ana = await CustomerAsync(new { name });

        await acme.Http.DeleteAsync($"/v1/customers/{ana.Id}");
        await TestApi.RunJobsAsync();

        await acme.WithDbAsync(async db =>
        {
            Assert.That(await db.QueryAsync<byte[]>(WordsOf, new { Word = Encoding.UTF8.GetBytes(name.ToLowerInvariant()) }, default), Is.Empty);
            Assert.That(await db.QueryAsync<byte[]>(TrigramsOf, new { Word = Encoding.UTF8.GetBytes(name.ToLowerInvariant()) }, default), Is.Empty);
        });
    }

    [Test]
    public async Task Two_tenants_with_the_same_words_find_their_own_only()
    {
        var stranger = await TestTenant.NewAsync();
        await stranger.CreateAsync<Customer>("/v1/customers", new { name = "Ada Lovelace" });
        var ada = await CustomerAsync(new { name = "Ada Lovelace" });

        Assert.That((await SearchAsync("lovelace")).Select(hit => hit.Id), Is.EqualTo(new[] { ada.Id.ToString() }));
        Assert.That((await stranger.GetAsync<SearchResults>("/v1/search?q=lovelase")).Data.Select(hit => hit.Id), Has.None.EqualTo(ada.Id.ToString()));
        Assert.That((await TestTenant.ReadAsync<SearchResults>(await acme.TestHttp.GetAsync("/v1/search?q=lovelace"))).Data, Is.Empty);
    }

    [Test]
    public async Task What_the_index_was_never_told_of_is_found_after_a_sweep()
    {
        var ana = await CustomerAsync(new { name = "Ana Petrova" });
        await acme.WithDbAsync(db => db.ExecuteAsync(Rename, new { ana.Id, Now = TestApi.Clock.GetUtcNow().AddMinutes(1) }, default));

        await acme.WithScopeAsync(services => services.GetRequiredService<IJob<SweepSearch>>().RunAsync(new SweepSearch(), default));

        Assert.That((await SearchAsync("simic")).Select(hit => hit.Id), Is.EqualTo(new[] { ana.Id.ToString() }));
    }

    [Test]
    public async Task A_sweep_that_gave_others_their_turn_goes_on_where_it_was()
    {
        var (before, after) = (await CustomerAsync(new { name = "Ana Petrova" }), await CustomerAsync(new { name = "Eva Petrova" }));
        foreach (var customer in new[] { before, after })
            await acme.WithDbAsync(db => db.ExecuteAsync(Rename, new { customer.Id, Now = TestApi.Clock.GetUtcNow().AddMinutes(1) }, default));

        await acme.WithScopeAsync(services => services.GetRequiredService<IJob<SweepSearch>>().RunAsync(new SweepSearch(SearchKind.Customer, Convert.ToHexString(before.Id.ToBytes())), default));

        Assert.That((await SearchAsync("simic")).Select(hit => hit.Id), Is.EqualTo(new[] { after.Id.ToString() }));
    }

    [TestCase("𠮷野")]
    [TestCase("𠮷")]
    [TestCase("吉田𠮷野")]
    [TestCase("🎉a", "Anna")]
    [TestCase("x🎉y", "X Y")]
    [TestCase("coffee🎉beans", "☕ Coffee🎉Beans")]
    [TestCase("party", "🎉party")]
    [TestCase("🎉party🎉", "🎉party")]
    [TestCase("𐐨𐐩", "𐐀𐐁")]
    [TestCase("😀")]
    [TestCase("🎉🎉")]
    [TestCase("ᦀᦰᦂ")]
    public async Task What_is_typed_beyond_the_first_plane_of_Unicode_finds_those_who_have_it_and_nobody_else(string typed, params string[] names)
    {
        foreach (var name in new[] { "Anna", "X Y", "☕ Coffee🎉Beans", "🎉party", "𐐀𐐁" }) await CustomerAsync(new { name });

        Assert.That((await SearchAsync(typed)).Select(hit => hit.Title), Is.EqualTo(names));
        Assert.That((await acme.GetAsync<Page<Customer>>($"/v1/customers?q={Uri.EscapeDataString(typed)}")).Data.Select(customer => customer.Name), Is.EqualTo(names));
    }

    [TestCase("𠮷野家の茜", "𠮷野")]
    [TestCase("𠮷野家の茜", "𠮷")]
    [TestCase("茜𠮷野", "𠮷野")]
    [TestCase("ᦀᦰᦂ", "ᦀᦰᦂ")] // letters that SQLite's tokenizer takes for marks
    public async Task A_name_of_rare_letters_is_found_by_them_with_the_place_where_they_stand(string name, string typed)
    {
        await CustomerAsync(new { name = "Ana" });
        await CustomerAsync(new { name });

        var hit = (await SearchAsync(typed)).Single();

        Assert.That(hit.Title, Is.EqualTo(name));
        Assert.That(hit.Highlights.Single().Matches.Select(m => (m.Start, m.Length)), Is.EqualTo(new[] { (0, name.Length) }));
    }

    [TestCase("q=a", "?q")]
    [TestCase("q=%20%20", "?q")]
    [TestCase("kinds=customer", "?q")]
    [TestCase("q=ada&limit=0", "?limit")]
    [TestCase("q=ada&limit=51", "?limit")]
    [TestCase("q=ada&kinds=pigeon", "?kinds")]
    public async Task What_cannot_be_searched_is_refused(string query, string pointer)
    {
        var problem = await Problem.OfAsync(await acme.Http.GetAsync($"/v1/search?{query}"));

        Assert.That((problem.Status, problem.Code, problem.Pointers.Single()), Is.EqualTo((HttpStatusCode.BadRequest, "query_invalid", pointer)));
    }

    [TestCase("\" OR 1_ada *")]
    [TestCase("NEAR(ada lovelace) -title:")]
    [TestCase("'; DROP TABLE Customers; --")]
    [TestCase("%_[!^{}()*")]
    [TestCase("💡💡")]
    public async Task Nothing_that_is_typed_is_syntax(string typed)
    {
        var response = await acme.Http.GetAsync($"/v1/search?q={Uri.EscapeDataString(typed)}");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_text_of_two_hundred_characters_is_searched_and_a_longer_one_is_not()
    {
        var typed = string.Join(' ', Enumerable.Repeat("lovelace", 25))[..200];

        Assert.That((await acme.Http.GetAsync($"/v1/search?q={typed}")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await acme.Http.GetAsync($"/v1/search?q={typed}x")).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    private async Task<Customer> CustomerAsync(object body)
    {
        var customer = await acme.CreateAsync<Customer>("/v1/customers", body);
        await TestApi.RunJobsAsync();
        return customer;
    }

    private async Task<string> InteractionAsync(Customer customer, string? subject, string body)
    {
        var recorded = await acme.CreateAsync<JsonElement>("/v1/interactions", new { customer_id = customer.Id, channel = "email", direction = "inbound", subject, body });
        await TestApi.RunJobsAsync();
        return recorded.GetProperty("id").GetString()!;
    }

    private async Task<IReadOnlyList<SearchHit>> SearchAsync(string typed, string more = "limit=10") =>
        (await acme.GetAsync<SearchResults>($"/v1/search?q={Uri.EscapeDataString(typed)}&{more}")).Data;

    private async Task<int> DocumentsAsync()
    {
        var count = 0;
        await acme.WithDbAsync(async db => count = await db.FindAsync<int>(Documents, null, default));
        return count;
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static readonly TenantSql Documents = TenantSql.Of("SELECT COUNT(*) FROM SearchDocuments WHERE TenantId = @TenantId");
    private static readonly TenantSql WordsOf = TenantSql.Of("SELECT Word FROM SearchWords WHERE TenantId = @TenantId AND Word = @Word");
    private static readonly TenantSql TrigramsOf = TenantSql.Of("SELECT Trigram FROM SearchTrigrams WHERE TenantId = @TenantId AND Word = @Word");
    private static readonly TenantSql Rename = TenantSql.Of("UPDATE Customers SET Name = 'Ana Simić', UpdatedAt = @Now WHERE TenantId = @TenantId AND Id = @Id");
}
