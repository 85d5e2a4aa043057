using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace CustomerCrm.Tests.Tenant;

public class TenantTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task NewTenantAsync() => acme = await TestTenant.NewAsync(timeZone: "Europe/Vienna", currency: "EUR");

    [Test]
    public async Task A_tenant_sees_its_settings()
    {
        var tenant = await acme.GetAsync<JsonElement>("/v1/tenant");

        Assert.That(tenant.GetProperty("id").GetString(), Does.StartWith("ten_"));
        Assert.That(tenant.GetProperty("name").GetString(), Is.EqualTo("Acme"));
        Assert.That(tenant.GetProperty("time_zone").GetString(), Is.EqualTo("Europe/Vienna"));
        Assert.That(tenant.GetProperty("currency").GetString(), Is.EqualTo("EUR"));
        Assert.That(tenant.GetProperty("week_start").GetString(), Is.EqualTo("monday"));
        Assert.That(tenant.GetProperty("discount_rate").GetDouble(), Is.EqualTo(0.01));
    }

    [Test]
    public async Task What_is_changed_is_changed_and_the_rest_stays()
    {
        var before = await acme.GetAsync<JsonElement>("/v1/tenant");

        var response = await acme.Http.PatchAsJsonAsync("/v1/tenant", new { time_zone = "Asia/Tokyo", week_start = "sunday" });
        var after = await acme.GetAsync<JsonElement>("/v1/tenant");

        Assert.That(response.Headers.ETag!.Tag, Is.EqualTo("\"r2\""));
        Assert.That(after.GetProperty("time_zone").GetString(), Is.EqualTo("Asia/Tokyo"));
        Assert.That(after.GetProperty("week_start").GetString(), Is.EqualTo("sunday"));
        Assert.That(after.GetProperty("name").GetString(), Is.EqualTo(before.GetProperty("name").GetString()));
    }

    [Test]
    public async Task A_change_shows_at_once_where_settings_are_remembered()
    {
        var before = await acme.GetAsync<JsonElement>("/v1/me");

        await acme.Http.PatchAsJsonAsync("/v1/tenant", new { name = "Acme & Sons" });
        var after = await acme.GetAsync<JsonElement>("/v1/me");

        Assert.That(before.GetProperty("tenant").GetProperty("name").GetString(), Is.EqualTo("Acme"));
        Assert.That(after.GetProperty("tenant").GetProperty("name").GetString(), Is.EqualTo("Acme & Sons"));
    }

    [TestCase("""{"time_zone":"Mars/Olympus"}""", "/time_zone")]
    [TestCase("""{"time_zone":"UTC+3"}""", "/time_zone")]
    [TestCase("""{"currency":"XYZ"}""", "/currency")]
    [TestCase("""{"currency":"eur"}""", "/currency")]
    [TestCase("""{"locale":"deutsch!"}""", "/locale")]
    [TestCase("""{"discount_rate":1.5}""", "/discount_rate")]
    [TestCase("""{"name":""}""", "/name")]
    [TestCase("""{"name":null}""", "/name")]
    [TestCase("""{"week_start":null}""", "/week_start")]
    public async Task What_cannot_be_is_refused_by_name(string body, string pointer)
    {
        var response = await acme.Http.PatchAsync("/v1/tenant", new StringContent(body, null, "application/json"));

        var problem = await Problem.OfAsync(response);
        Assert.That(problem.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(problem.Pointers, Is.EqualTo(new[] { pointer }));
    }

    [Test]
    public async Task Of_two_who_change_the_same_revision_one_is_told()
    {
        using var first = Patch("One", ifMatch: "\"r1\"");
        using var second = Patch("Two", ifMatch: "\"r1\"");

        var responses = await Task.WhenAll(acme.Http.SendAsync(first), acme.Http.SendAsync(second));

        Assert.That(responses.Select(r => r.StatusCode), Is.EquivalentTo(new[] { HttpStatusCode.OK, HttpStatusCode.PreconditionFailed }));
    }

    private static HttpRequestMessage Patch(string name, string ifMatch)
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, "/v1/tenant") { Content = JsonContent.Create(new { name }) };
        request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return request;
    }
}
