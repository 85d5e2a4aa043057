using System.Net;
using System.Net.Http.Json;
using System.Text;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Tests.Idempotency;

public class IdempotencyKeyTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task NewTenant() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task A_repeat_answers_what_the_first_request_did_and_does_nothing_more()
    {
        var first = await SendAsync("order-1", "/v1/customers", """{"name":"Ada"}""");
        var repeat = await SendAsync("order-1", "/v1/customers", """{"name":"Ada"}""");

        Assert.That((first.StatusCode, repeat.StatusCode), Is.EqualTo((HttpStatusCode.Created, HttpStatusCode.Created)));
        Assert.That(await repeat.Content.ReadAsStringAsync(), Is.EqualTo(await first.Content.ReadAsStringAsync()));
        Assert.That(repeat.Headers.Location, Is.EqualTo(first.Headers.Location));
        Assert.That(repeat.Headers.ETag, Is.EqualTo(first.Headers.ETag));
        Assert.That(repeat.Headers.GetValues("Idempotent-Replayed"), Is.EqualTo(new[] { "true" }));
        Assert.That(first.Headers.Contains("Idempotent-Replayed"), Is.False);
        Assert.That(await CustomersAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task Fifty_at_once_do_it_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => SendAsync("\"same\"", "/v1/customers", """{"name":"Ada"}""")));

        Assert.That(answers.Select(a => a.StatusCode).Distinct(), Is.EqualTo(new[] { HttpStatusCode.Created }));
        Assert.That((await Task.WhenAll(answers.Select(a => a.Content.ReadAsStringAsync()))).Distinct().Count(), Is.EqualTo(1));
        Assert.That(await CustomersAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task White_space_and_the_order_of_members_do_not_make_another_request()
    {
        await SendAsync("k", "/v1/customers", """{"name":"Ada","company":"Analytical Engines"}""");

        var repeat = await SendAsync("k", "/v1/customers", """{ "company": "Analytical Engines", "name": "Ada" }""");

        Assert.That(repeat.Headers.Contains("Idempotent-Replayed"), Is.True);
    }

    [Test]
    public async Task Another_body_or_route_under_the_same_key_is_refused()
    {
        await SendAsync("k", "/v1/customers", """{"name":"Ada"}""");

        var otherBody = await Problem.OfAsync(await SendAsync("k", "/v1/customers", """{"name":"Bob"}"""));
        var otherRoute = await Problem.OfAsync(await SendAsync("k", "/v1/api_keys", """{"name":"x","scopes":["*"]}"""));

        Assert.That((otherBody.Status, otherBody.Code), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "idempotency_key_reused")));
        Assert.That((otherRoute.Status, otherRoute.Code), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "idempotency_key_reused")));
    }

    [Test]
    public async Task A_failed_validation_leaves_the_key_free()
    {
        var failed = await SendAsync("k", "/v1/customers", """{"email":"not an address"}""");
        var mended = await SendAsync("k", "/v1/customers", """{"email":"ada@example.com"}""");

        Assert.That(failed.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(mended.StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    [Test]
    public async Task The_same_key_of_another_tenant_is_another_key()
    {
        var other = await TestTenant.NewAsync();

        await SendAsync("k", "/v1/customers", """{"name":"Ada"}""");
        var theirs = await SendAsync("k", "/v1/customers", """{"name":"Bob"}""", other);

        Assert.That(theirs.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(theirs.Headers.Contains("Idempotent-Replayed"), Is.False);
    }

    [TestCase("""{"name":"\ud800"}""")]
    [TestCase("""{"\udc00x":1}""")]
    public async Task Half_a_character_in_the_body_is_refused_as_without_a_key(string body)
    {
        var refused = await Problem.OfAsync(await SendAsync("k", "/v1/customers", body));

        Assert.That((refused.Status, refused.Code), Is.EqualTo((HttpStatusCode.BadRequest, "body_malformed")));
    }

    [Test]
    public async Task Keys_that_differ_in_case_are_two_keys()
    {
        await SendAsync("order-A1", "/v1/customers", """{"name":"Ada"}""");
        var other = await SendAsync("order-a1", "/v1/customers", """{"name":"Ada"}""");

        Assert.That(other.Headers.Contains("Idempotent-Replayed"), Is.False);
        Assert.That(await CustomersAsync(), Is.EqualTo(2));
    }

    [TestCase("\"\"")]
    [TestCase("a b")]
    [TestCase("schlüssel")]
    public async Task A_key_is_visible_ASCII(string key)
    {
        var refused = await Problem.OfAsync(await SendAsync(key, "/v1/customers", """{"name":"Ada"}"""));

        Assert.That((refused.Status, refused.Code), Is.EqualTo((HttpStatusCode.BadRequest, "idempotency_key_invalid")));
    }

    [Test]
    public async Task A_key_of_256_characters_is_too_long_and_one_of_255_is_not()
    {
        var tooLong = await SendAsync(new string('k', 256), "/v1/customers", """{"name":"Ada"}""");
        var longest = await SendAsync(new string('k', 255), "/v1/customers", """{"name":"Ada"}""");

        Assert.That((tooLong.StatusCode, longest.StatusCode), Is.EqualTo((HttpStatusCode.BadRequest, HttpStatusCode.Created)));
    }

    [Test]
    public async Task The_replay_of_a_created_key_leaves_the_secret_out()
    {
        var first = await SendAsync("k", "/v1/api_keys", """{"name":"Shop","scopes":["customers:read"]}""");
        var repeat = await SendAsync("k", "/v1/api_keys", """{"name":"Shop","scopes":["customers:read"]}""");

        Assert.That(await first.Content.ReadAsStringAsync(), Does.Contain("crm_live_"));
        Assert.That(repeat.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(await repeat.Content.ReadAsStringAsync(), Does.Not.Match("crm_live_[0-9A-Za-z]{36}"));
    }

    private async Task<HttpResponseMessage> SendAsync(string key, string path, string body, TestTenant? tenant = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await (tenant ?? acme).Http.SendAsync(request);
    }

    private async Task<int> CustomersAsync()
    {
        var page = await acme.Http.GetFromJsonAsync<System.Text.Json.JsonElement>("/v1/customers", StrictJson.Options);
        return page.GetProperty("data").GetArrayLength();
    }
}
