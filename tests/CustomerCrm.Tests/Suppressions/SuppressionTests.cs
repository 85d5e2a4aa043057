using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Suppressions;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Suppressions;

public class SuppressionTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task SetUp() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task An_address_is_known_by_every_way_to_write_it_and_kept_in_none()
    {
        var added = await acme.CreateAsync<Suppression>("/v1/suppressions", new { channel = "email", address = "Ada.Secret@Example.com" });
        var again = await acme.Http.PostAsJsonAsync("/v1/suppressions", new { channel = "email", address = "ada.secret@EXAMPLE.com ", reason = "complaint" });
        var check = await acme.CreateAsync<JsonElement>("/v1/suppressions/check", new { channel = "email", address = "ADA.SECRET@example.com" });

        Assert.That((added.MaskedAddress, added.Reason, added.Source), Is.EqualTo(("A***@Example.com", SuppressionReason.Manual, "api")));
        Assert.That((again.StatusCode, await TestTenant.ReadAsync<Suppression>(again)), Is.EqualTo((HttpStatusCode.OK, added)));
        Assert.That(check.GetProperty("is_suppressed").GetBoolean(), Is.True);
        foreach (var path in new[] { "/v1/suppressions", $"/v1/suppressions/{added.Id}", "/v1/events" })
            Assert.That((await acme.Http.GetStringAsync(path)).Contains("secret", StringComparison.OrdinalIgnoreCase), Is.False, path);
    }

    [Test]
    public async Task It_is_of_one_channel_and_one_tenant()
    {
        await acme.CreateAsync<Suppression>("/v1/suppressions", new { channel = "sms", address = "+43 664 1234567" });
        var other = await TestTenant.NewAsync();

        Assert.That(await IsSuppressedAsync(acme, "+436641234567"), Is.True);
        Assert.That(await IsSuppressedAsync(other, "+436641234567"), Is.False);
    }

    [Test]
    public async Task Whoever_removes_one_says_why_and_everybody_hears_it()
    {
        var added = await acme.CreateAsync<Suppression>("/v1/suppressions", new { channel = "email", address = "ada@example.com" });

        var silent = await Problem.OfAsync(await acme.Http.PostAsJsonAsync($"/v1/suppressions/{added.Id}/removal", new { reason = "" }));
        var removed = await acme.Http.PostAsJsonAsync($"/v1/suppressions/{added.Id}/removal", new { reason = "She called." });

        Assert.That((silent.Status, removed.StatusCode), Is.EqualTo((HttpStatusCode.UnprocessableEntity, HttpStatusCode.NoContent)));
        Assert.That((await acme.GetAsync<Page<Suppression>>("/v1/suppressions")).Data, Is.Empty);
        var events = (await acme.GetAsync<JsonElement>("/v1/events")).GetProperty("data").EnumerateArray().Select(e => e.GetProperty("type").GetString()).ToArray();
        Assert.That(events, Is.EquivalentTo(new[] { "suppression.added", "suppression.removed" }));
    }

    [Test]
    public async Task Many_bounces_of_one_address_at_once_are_one_suppression()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => acme.WithScopeAsync(services =>
            services.GetRequiredService<TenantDb>().InTransactionAsync(() =>
                services.GetRequiredService<SuppressionWriter>().AddAsync(MessageChannel.Email, "ada@example.com", SuppressionReason.HardBounce, "smtp", default), default))));

        Assert.That((await acme.GetAsync<Page<Suppression>>("/v1/suppressions")).Data, Has.Count.EqualTo(1));
    }

    [TestCase("email", "nonsense")]
    [TestCase("sms", "0664 1234567")]
    public async Task What_is_no_address_is_refused(string channel, string address) =>
        Assert.That((await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/suppressions", new { channel, address }))).Pointers, Is.EqualTo(new[] { "/address" }));

    private static async Task<bool> IsSuppressedAsync(TestTenant tenant, string phone) =>
        (await tenant.CreateAsync<JsonElement>("/v1/suppressions/check", new { channel = "sms", address = phone })).GetProperty("is_suppressed").GetBoolean();
}
