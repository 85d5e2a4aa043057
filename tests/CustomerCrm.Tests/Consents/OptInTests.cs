using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using CustomerCrm.Consents;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Customers.Identities;
using CustomerCrm.Links;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Lists;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Tests.Consents;

public partial class OptInTests
{
    private readonly string email = $"{Guid.NewGuid():N}@example.com";
    private TestTenant acme = null!;
    private Customer ana = null!;

    [SetUp]
    public async Task SetUp()
    {
        acme = await TestTenant.NewAsync();
        ana = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ana", email });
    }

    [Test]
    public async Task Only_the_button_confirms_and_only_once()
    {
        var asked = await TestTenant.ReadAsync<ConsentEntry>(await AskAsync());
        var path = await LinkAsync();

        var opened = await TestApi.NewClient().GetAsync(path);
        var before = await StateAsync();
        var confirmed = await TestApi.NewClient().PostAsync(path, null);
        var again = await TestApi.NewClient().PostAsync(path, null);

        Assert.That((opened.StatusCode, before), Is.EqualTo((HttpStatusCode.OK, ConsentState.Pending)), "a scanner that opens links confirms nothing");
        Assert.That((confirmed.StatusCode, again.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)));
        var ledger = await LedgerAsync();
        Assert.That(ledger.Select(e => e.State), Is.EqualTo(new[] { ConsentState.Granted, ConsentState.Pending }));
        Assert.That((ledger[0].Source, ledger[0].Actor.Kind, ledger[0].Actor.Id, ledger[0].Proof!.IpHash is not null), Is.EqualTo(("double_opt_in", ActorKind.Customer, ana.Id.ToString(), true)));
        Assert.That(ledger[0].Proof!.Text, Does.StartWith("Send me news.").And.Contain("Acme"));
        Assert.That(ledger[0].Proof!.Url, Does.Not.Contain(path.Split('/')[^1]));
        Assert.That((asked.State, await StateAsync()), Is.EqualTo((ConsentState.Pending, ConsentState.Granted)));
    }

    [Test]
    public async Task Where_nobody_could_be_asked_it_says_so_and_asks_again_at_once()
    {
        await acme.CreateAsync<JsonElement>("/v1/suppressions", new { channel = "email", address = email, reason = "manual" });

        var inVain = await TestTenant.ReadAsync<JsonElement>(await AskAsync());
        var suppression = (await acme.GetAsync<JsonElement>("/v1/suppressions")).GetProperty("data")[0].GetProperty("id").GetString();
        await acme.Http.PostAsJsonAsync($"/v1/suppressions/{suppression}/removal", new { reason = "A mistake." });
        var again = await AskAsync();

        var confirmation = inVain.GetProperty("confirmation");
        Assert.That((confirmation.GetProperty("state").GetString(), confirmation.GetProperty("code").GetString()), Is.EqualTo(("refused", "suppression")));
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That((await TestTenant.ReadAsync<JsonElement>(again)).GetProperty("confirmation").GetProperty("state").GetString(), Is.EqualTo("queued"));
        Assert.That(await Mailbox.OfAsync(email), Has.Length.EqualTo(1));
        var shown = await acme.GetAsync<JsonElement>($"/v1/customers/{ana.Id}/consent_entries/{inVain.GetProperty("id").GetString()}");
        Assert.That(shown.GetProperty("confirmation").GetProperty("state").GetString(), Is.EqualTo("refused"));
    }

    [Test]
    public async Task A_second_ask_within_minutes_is_the_first_and_sends_no_second_letter()
    {
        var first = await AskAsync();
        var second = await AskAsync();

        Assert.That((first.StatusCode, second.StatusCode), Is.EqualTo((HttpStatusCode.Created, HttpStatusCode.OK)));
        Assert.That(await Mailbox.OfAsync(email), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task An_address_is_asked_five_times_a_day_at_most()
    {
        for (var i = 0; i < 5; i++)
        {
            await acme.CreateAsync<JsonElement>("/v1/consent_topics", new { name = $"topic{i}", title = "Topic" });
            Assert.That((await AskAsync($"topic{i}")).StatusCode, Is.EqualTo(HttpStatusCode.Created));
        }

        Assert.That((await AskAsync()).StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
    }

    [Test]
    public async Task A_no_since_the_ask_or_another_address_makes_the_link_worthless()
    {
        await AskAsync();
        var path = await LinkAsync();
        await acme.CreateAsync<ConsentEntry>($"/v1/customers/{ana.Id}/consents", new { purpose = "marketing", channel = "email", state = "withdrawn" });

        Assert.That((await TestApi.NewClient().PostAsync(path, null)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await StateAsync(), Is.EqualTo(ConsentState.Withdrawn));
    }

    [Test]
    public async Task Whoever_reads_the_old_address_confirms_nothing_for_the_new_one()
    {
        await AskAsync();
        var path = await LinkAsync();
        var other = await acme.CreateAsync<Identity>($"/v1/customers/{ana.Id}/identities", new { kind = "email", value = $"{Guid.NewGuid():N}@example.com" });
        await acme.Http.PatchAsJsonAsync($"/v1/identities/{other.Id}", new { is_primary = true });

        Assert.That((await TestApi.NewClient().PostAsync(path, null)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await StateAsync(), Is.EqualTo(ConsentState.Pending));
    }

    [Test]
    public async Task A_link_whose_time_is_over_confirms_nothing()
    {
        var asked = await TestTenant.ReadAsync<ConsentEntry>(await AskAsync());
        var path = "";
        await acme.WithScopeAsync(services =>
        {
            var links = new CustomerLinks(services.GetRequiredService<SignedLinks>(), services.GetRequiredService<IOptions<PublicOptions>>(), TestApi.Clock);
            path = new Uri(links.OptInUrl(ana.Id, MessageChannel.Email, MessagePurpose.Marketing, null, asked.Id.Value, TestApi.Clock.GetUtcNow())).AbsolutePath;
            return Task.CompletedTask;
        });

        Assert.That((await TestApi.NewClient().PostAsync(path, null)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Quiet_history_asks_nobody()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/customers/{ana.Id}/consents") { Content = JsonContent.Create(Ask(null)) };
        request.Headers.Add("Crm-Quiet", "true");

        Assert.That((await acme.Http.SendAsync(request)).StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(await Mailbox.OfAsync(email), Is.Empty);
    }

    [TestCase("suppressed")]
    [TestCase("out of budget")]
    public async Task Nobody_is_asked_whom_the_policy_keeps_from_every_message(string why)
    {
        if (why == "suppressed") await acme.CreateAsync<JsonElement>("/v1/suppressions", new { channel = "email", address = email });
        else await acme.Http.PatchAsJsonAsync("/v1/contact_policy", new { daily_limits = new { email = 0, sms = 0 } });

        await AskAsync();

        Assert.That(await Mailbox.OfAsync(email), Is.Empty);
        var message = (await acme.GetAsync<JsonElement>($"/v1/customers/{ana.Id}/messages")).GetProperty("data")[0];
        Assert.That((message.GetProperty("purpose").GetString(), message.GetProperty("reason").GetProperty("kind").GetString()), Is.EqualTo(("transactional", "double_opt_in")));
    }

    [Test]
    public async Task A_phone_is_asked_by_text_message()
    {
        var phone = $"+43664{Random.Shared.Next(1_000_000, 9_999_999)}";
        var bob = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Bob", phone, language = "de" });

        await acme.CreateAsync<ConsentEntry>($"/v1/customers/{bob.Id}/consents", new { purpose = "marketing", channel = "sms", state = "granted", double_opt_in = true });
        var text = (await Mailbox.OfAsync(phone)).Single();
        await TestApi.NewClient().PostAsync(Link().Match(text).Value, null);

        Assert.That(text, Does.StartWith("Acme: Bitte"));
        Assert.That((await acme.GetAsync<Page<Consent>>($"/v1/customers/{bob.Id}/consents")).Data.Single().State, Is.EqualTo(ConsentState.Granted));
    }

    [Test]
    public async Task Who_has_no_address_cannot_be_asked()
    {
        var bob = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Bob", phone = "+436641234567" });

        var problem = await Problem.OfAsync(await acme.Http.PostAsJsonAsync($"/v1/customers/{bob.Id}/consents", Ask(null)));

        Assert.That((problem.Status, problem.Pointers.Single()), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "/channel")));
    }

    private static object Ask(string? topic) => new { purpose = "marketing", channel = "email", topic, state = "granted", double_opt_in = true, proof = new { text = "Send me news." } };

    private Task<HttpResponseMessage> AskAsync(string? topic = null) => acme.Http.PostAsJsonAsync($"/v1/customers/{ana.Id}/consents", Ask(topic));

    private async Task<string> LinkAsync() => Link().Match((await Mailbox.OfAsync(email))[0]).Value;

    private async Task<ConsentState> StateAsync() => (await acme.GetAsync<Page<Consent>>($"/v1/customers/{ana.Id}/consents")).Data.Single().State;

    private async Task<IReadOnlyList<ConsentEntry>> LedgerAsync() => (await acme.GetAsync<Page<ConsentEntry>>($"/v1/customers/{ana.Id}/consent_entries")).Data;

    [GeneratedRegex("/preferences/confirm/[A-Za-z0-9_-]+")]
    private static partial Regex Link();
}
