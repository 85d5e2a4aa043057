using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Consents;
using CustomerCrm.Consents.Ledger;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Lists;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Consents;

public class ConsentTests
{
    private static readonly DateTimeOffset now = TestApi.Clock.GetUtcNow();

    private TestTenant acme = null!;
    private Customer ana = null!;

    [SetUp]
    public async Task SetUp()
    {
        acme = await TestTenant.NewAsync();
        ana = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ana", email = $"{Guid.NewGuid():N}@example.com" });
        await acme.CreateAsync<JsonElement>("/v1/consent_topics", new { name = "newsletter", title = "Newsletter" });
    }

    [Test]
    public async Task A_consent_keeps_its_proof_and_not_the_network_address()
    {
        var response = await SayAsync(new
        {
            purpose = "marketing", channel = "email", topic = "newsletter", state = "granted", source = "checkout",
            proof = new { text = "Yes, write to me.", form = "checkout", url = "https://shop.example.com", ip = "203.0.113.9" },
        });
        var entry = await TestTenant.ReadAsync<ConsentEntry>(response);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That((entry.State, entry.LegalBasis, entry.Topic, entry.Source, entry.OccurredAt, entry.Actor.Kind), Is.EqualTo((ConsentState.Granted, LegalBasis.Consent, "newsletter", "checkout", now, ActorKind.ApiKey)));
        Assert.That((entry.Proof!.Text, entry.Proof.Form, entry.Proof.Url, entry.Proof.IpHash!.Length), Is.EqualTo(("Yes, write to me.", "checkout", "https://shop.example.com", 64)));
        Assert.That(await acme.Http.GetStringAsync($"/v1/customers/{ana.Id}/consent_entries/{entry.Id}"), Does.Not.Contain("203.0.113.9"));
        Assert.That((await HeldAsync()).Single().EntryId, Is.EqualTo(entry.Id));
        Assert.That(await EventsAsync(), Is.EqualTo(new[] { "consent.changed" }));
    }

    [Test]
    public async Task What_is_said_later_holds_and_the_ledger_keeps_both()
    {
        await SayAsync(Marketing("granted"));
        await SayAsync(Marketing("withdrawn"));
        await SayAsync(Marketing("granted"));

        Assert.That((await HeldAsync()).Single().State, Is.EqualTo(ConsentState.Granted));
        Assert.That((await LedgerAsync()).Select(e => e.State), Is.EqualTo(new[] { ConsentState.Granted, ConsentState.Withdrawn, ConsentState.Granted }));
        Assert.That((await EventsAsync()).Length, Is.EqualTo(3));
    }

    [Test]
    public async Task History_keeps_its_dates_and_does_not_undo_what_was_said_since()
    {
        await SayAsync(Marketing("withdrawn"));
        var items = new[]
        {
            new { customer_id = ana.Id.ToString(), purpose = "marketing", channel = "email", state = "granted", occurred_at = now.AddYears(-2), source = "old", external_id = "1" },
            new { customer_id = Id<Customer>.New().ToString(), purpose = "marketing", channel = "email", state = "granted", occurred_at = now.AddYears(-2), source = "old", external_id = "2" },
        };
        var first = await BatchAsync(items);
        var again = await BatchAsync(items);

        Assert.That(first, Is.EqualTo(new[] { 201, 404 }));
        Assert.That(again, Is.EqualTo(new[] { 200, 404 }));
        Assert.That((await HeldAsync()).Single().State, Is.EqualTo(ConsentState.Withdrawn));
        Assert.That((await LedgerAsync()).Select(e => e.OccurredAt), Is.EqualTo(new[] { now, now.AddYears(-2) }));
    }

    [Test]
    public async Task A_no_to_all_is_a_no_to_each_topic()
    {
        await SayAsync(Marketing("granted", "newsletter"));
        await SayAsync(Marketing("withdrawn"));

        Assert.That((await HeldAsync()).Select(c => (c.Topic, c.State)), Is.EquivalentTo(new[] { ("newsletter", ConsentState.Withdrawn), ((string?)null, ConsentState.Withdrawn) }));
    }

    [Test]
    public async Task A_grant_whose_time_is_over_does_not_hold_and_the_ledger_comes_to_say_so()
    {
        await SayAsync(new { purpose = "marketing", channel = "email", state = "granted", occurred_at = now.AddDays(-10), expires_at = now.AddDays(-1) });

        Assert.That((await HeldAsync()).Single().State, Is.EqualTo(ConsentState.Expired), "before any job ran");
        Assert.That((await acme.GetAsync<Page<Consent>>("/v1/consents?filter[state][eq]=expired")).Data, Has.Count.EqualTo(1));
        Assert.That((await acme.GetAsync<Page<Consent>>("/v1/consents?filter[state][eq]=granted")).Data, Is.Empty);

        for (var i = 0; i < 2; i++) await acme.WithScopeAsync(services => services.GetRequiredService<JobQueue>().EnqueueAsync(new ExpireConsents(), default));
        await TestApi.RunJobsAsync();

        var end = (await LedgerAsync())[0];
        Assert.That((await LedgerAsync()).Count, Is.EqualTo(2), "the second run found nothing");
        Assert.That((end.State, end.OccurredAt, end.Source), Is.EqualTo((ConsentState.Expired, now.AddDays(-1), "expiry")));
        Assert.That(await EventsAsync(), Is.EqualTo(new[] { "consent.changed", "consent.changed" }));
    }

    [Test]
    public async Task Fifty_at_once_end_in_what_follows_from_the_ledger()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => SayAsync(Marketing(i % 2 == 0 ? "granted" : "withdrawn", i % 5 == 0 ? null : "newsletter"))));

        var (held, ledger) = (await HeldAsync(), await LedgerAsync());
        Assert.That(ledger, Has.Count.EqualTo(50));
        foreach (var consent in held)
            Assert.That(consent.EntryId, Is.EqualTo(ConsentDerivation.Of([.. ledger.Select(FactOf)], consent.Topic ?? "")!.Id), consent.Topic ?? "all topics");
        Assert.That(held.Select(c => c.Topic), Is.EquivalentTo(new[] { null, "newsletter" }));
    }

    [TestCase("""{"purpose":"marketing","channel":"email","state":"pending"}""", "/state")]
    [TestCase("""{"channel":"email","state":"granted"}""", "/purpose")]
    [TestCase("""{"purpose":"marketing","channel":"email","state":"granted","topic":"nosuch"}""", "/topic")]
    [TestCase("""{"purpose":"service","channel":"email","state":"granted","topic":"newsletter"}""", "/purpose")]
    [TestCase("""{"purpose":"marketing","channel":"email","state":"granted","external_id":"1"}""", "/source")]
    [TestCase("""{"purpose":"marketing","channel":"email","state":"withdrawn","expires_at":"2031-01-01T00:00:00Z"}""", "/expires_at")]
    [TestCase("""{"purpose":"marketing","channel":"email","state":"granted","occurred_at":"2030-02-01T00:00:00Z"}""", "/occurred_at")]
    [TestCase("""{"purpose":"marketing","channel":"email","state":"withdrawn","double_opt_in":true}""", "/double_opt_in")]
    public async Task What_cannot_be_said_is_refused_with_the_field_and_changes_nothing(string body, string pointer)
    {
        var problem = await Problem.OfAsync(await acme.Http.PostAsync($"/v1/customers/{ana.Id}/consents", new StringContent(body, System.Text.Encoding.UTF8, "application/json")));

        Assert.That((problem.Status, problem.Pointers.Single()), Is.EqualTo((HttpStatusCode.UnprocessableEntity, pointer)));
        Assert.That(await LedgerAsync(), Is.Empty);
    }

    [TestCase("UPDATE ConsentEntries SET State = 1 WHERE TenantId = @TenantId")]
    [TestCase("DELETE FROM ConsentEntries WHERE TenantId = @TenantId")]
    public async Task The_database_itself_refuses_to_change_the_ledger(string statement)
    {
        await SayAsync(Marketing("withdrawn"));

        Assert.That(() => acme.WithDbAsync(db => db.ExecuteAsync(TenantSql.OfSchema(statement), null, default)), Throws.InstanceOf<System.Data.Common.DbException>());
        Assert.That((await LedgerAsync()).Single().State, Is.EqualTo(ConsentState.Withdrawn));
    }

    [Test]
    public async Task The_ledger_goes_into_the_bin_with_its_customer_and_comes_back()
    {
        await SayAsync(Marketing("granted", "newsletter"));
        var (held, ledger) = (await HeldAsync(), await LedgerAsync());

        await acme.Http.DeleteAsync($"/v1/customers/{ana.Id}");
        var gone = (await acme.GetAsync<Page<Consent>>("/v1/consents")).Data;
        var bin = (await acme.GetAsync<JsonElement>("/v1/recycle_bin")).GetProperty("data")[0];
        await acme.CreateAsync<JsonElement>($"/v1/recycle_bin/{bin.GetProperty("id").GetString()}/restore", new { });

        Assert.That(gone, Is.Empty);
        Assert.That(bin.GetProperty("contents").GetProperty("consent_entry").GetInt32(), Is.EqualTo(1));
        Assert.That(await HeldAsync(), Is.EqualTo(held));
        Assert.That((await LedgerAsync()).Select(e => (e.Id, e.State)), Is.EqualTo(ledger.Select(e => (e.Id, e.State))));
    }

    [Test]
    public async Task The_360_view_and_the_timeline_show_it()
    {
        await SayAsync(Marketing("granted", "newsletter"));

        var whole = await acme.GetAsync<JsonElement>($"/v1/customers/{ana.Id}/360");
        var (consent, entry) = (whole.GetProperty("consents")[0], whole.GetProperty("timeline").EnumerateArray().Single(e => e.GetProperty("kind").GetString() == "consent"));

        Assert.That((consent.GetProperty("topic").GetString(), consent.GetProperty("state").GetString()), Is.EqualTo(("newsletter", "granted")));
        Assert.That((entry.GetProperty("id").GetString()![..4], entry.GetProperty("title").GetString(), entry.GetProperty("outcome").GetString()), Is.EqualTo(("cse_", "newsletter", "granted")));
    }

    private static object Marketing(string state, string? topic = null) => topic is null
        ? new { purpose = "marketing", channel = "email", state }
        : new { purpose = "marketing", channel = "email", topic, state };

    private static ConsentFact FactOf(ConsentEntry e) => new() { Id = e.Id, Topic = e.Topic ?? "", State = e.State, LegalBasis = e.LegalBasis, OccurredAt = e.OccurredAt, ExpiresAt = e.ExpiresAt };

    private Task<HttpResponseMessage> SayAsync(object said) => acme.Http.PostAsJsonAsync($"/v1/customers/{ana.Id}/consents", said);

    private async Task<int[]> BatchAsync(object items)
    {
        var answer = await TestTenant.ReadAsync<JsonElement>(await acme.Http.PostAsJsonAsync("/v1/consents/batch", new { items }));
        return [.. answer.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("status").GetInt32())];
    }

    private async Task<IReadOnlyList<Consent>> HeldAsync() => (await acme.GetAsync<Page<Consent>>($"/v1/customers/{ana.Id}/consents")).Data;

    private async Task<IReadOnlyList<ConsentEntry>> LedgerAsync() => (await acme.GetAsync<Page<ConsentEntry>>($"/v1/customers/{ana.Id}/consent_entries?limit=100")).Data;

    private async Task<string[]> EventsAsync() => [.. (await acme.GetAsync<JsonElement>("/v1/events?limit=100")).GetProperty("data").EnumerateArray()
        .Select(e => e.GetProperty("type").GetString()!).Where(type => type.StartsWith("consent.", StringComparison.Ordinal))];
}
