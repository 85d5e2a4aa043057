using System.Net;
using System.Text;

namespace CustomerCrm.Tests.Http;

public class VersioningTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task NewTenant() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task Of_two_who_change_the_same_revision_one_wins_and_one_hears_of_it()
    {
        for (var round = 0; round < 20; round++)
        {
            var tag = (await acme.Http.GetAsync("/v1/tenant")).Headers.ETag!.ToString();

            var answers = await Task.WhenAll(PatchAsync($"Ada {round}", tag), PatchAsync($"Bob {round}", tag));

            Assert.That(answers.Select(a => (int)a.StatusCode).Order(), Is.EqualTo(new[] { 200, 412 }));
            var winner = answers.Single(a => a.IsSuccessStatusCode);
            var now = await acme.Http.GetAsync("/v1/tenant");
            Assert.That(now.Headers.ETag, Is.EqualTo(winner.Headers.ETag));
            Assert.That(await now.Content.ReadAsStringAsync(), Is.EqualTo(await winner.Content.ReadAsStringAsync()));
        }
    }

    [TestCase("*", 200)]
    [TestCase("\"r1\"", 200)]
    [TestCase("\"x\", \"r1\"", 200)]
    [TestCase("W/\"r1\"", 412)]
    [TestCase("r1", 412)]
    [TestCase("\"r2\"", 412)]
    public async Task If_Match_compares_strongly(string ifMatch, int status) =>
        Assert.That((int)(await PatchAsync("Ada", ifMatch)).StatusCode, Is.EqualTo(status));

    [Test]
    public async Task What_is_known_already_is_not_sent_again()
    {
        var first = await acme.Http.GetAsync("/v1/tenant");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/tenant");
        request.Headers.TryAddWithoutValidation("If-None-Match", first.Headers.ETag!.ToString());

        var again = await acme.Http.SendAsync(request);

        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        Assert.That(await again.Content.ReadAsByteArrayAsync(), Is.Empty);
        Assert.That(again.Headers.ETag, Is.EqualTo(first.Headers.ETag));
    }

    [TestCase("customers", """{"name":"Ada"}""")]
    [TestCase("orders", """{"customer":{"email":"ada@example.com"},"lines":[{"name":"Tea","quantity":1,"unit_price_minor":100}]}""")]
    [TestCase("companies", """{"name":"Ada"}""")]
    [TestCase("products", """{"name":"Ada"}""")]
    public async Task What_is_stated_is_only_created_or_only_changed_where_the_caller_says_so(string resource, string body)
    {
        Assert.That(await PutAsync("If-Match", "*"), Is.EqualTo(HttpStatusCode.PreconditionFailed), "nothing is there to change");
        Assert.That(await PutAsync("If-None-Match", "*"), Is.EqualTo(HttpStatusCode.Created));
        Assert.That(await PutAsync("If-None-Match", "*"), Is.EqualTo(HttpStatusCode.PreconditionFailed), "it is there");
        Assert.That(await PutAsync("If-None-Match", "\"r7\""), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await PutAsync("If-Match", "*"), Is.EqualTo(HttpStatusCode.OK));

        async Task<HttpStatusCode> PutAsync(string header, string value)
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, $"/v1/{resource}/by-external-id/shop/1") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.TryAddWithoutValidation(header, value);
            return (await acme.Http.SendAsync(request)).StatusCode;
        }
    }

    private async Task<HttpResponseMessage> PatchAsync(string name, string ifMatch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, "/v1/tenant") { Content = new StringContent($$"""{"name":"{{name}}"}""", Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await acme.Http.SendAsync(request);
    }
}
