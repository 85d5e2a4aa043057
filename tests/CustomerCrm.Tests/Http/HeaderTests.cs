using System.Net;

namespace CustomerCrm.Tests.Http;

public class HeaderTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task NewTenant() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task HEAD_answers_like_GET_without_the_body()
    {
        var get = await acme.Http.GetAsync("/v1/tenant");
        var head = await acme.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/v1/tenant"));

        Assert.That(head.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(head.Headers.ETag, Is.EqualTo(get.Headers.ETag));
        Assert.That(head.Content.Headers.ContentLength, Is.EqualTo((await get.Content.ReadAsByteArrayAsync()).Length));
        Assert.That(await head.Content.ReadAsByteArrayAsync(), Is.Empty);
    }

    [TestCase("/v1/me")]
    [TestCase("/v1/nothing")]
    [TestCase("/v1/me?nope=1")]
    public async Task Every_answer_keeps_browsers_and_caches_out(string path)
    {
        var response = await acme.Http.GetAsync(path);

        Assert.That(response.Headers.CacheControl!.NoStore, Is.True);
        Assert.That(response.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(new[] { "nosniff" }));
        Assert.That(response.Headers.GetValues("Content-Security-Policy").Single(), Does.StartWith("default-src 'none'"));
        Assert.That(response.Headers.Contains("Server"), Is.False);
    }

    [Test]
    public async Task The_callers_trace_id_is_in_the_problem()
    {
        var problem = await TracedAsync("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

        Assert.That(problem.Document.GetProperty("trace_id").GetString(), Is.EqualTo("4bf92f3577b34da6a3ce929d0e0e4736"));
        Assert.That(problem.Document.TryGetProperty("instance", out _), Is.False);
    }

    [TestCase("00-00000000000000000000000000000000-00f067aa0ba902b7-01")]
    [TestCase("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01")]
    [TestCase("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-extra-extra")]
    [TestCase("nonsense")]
    public async Task A_trace_that_is_none_begins_a_new_one(string traceparent)
    {
        var problem = await TracedAsync(traceparent);

        Assert.That(problem.Document.GetProperty("trace_id").GetString(), Does.Match("^[0-9a-f]{32}$").And.Not.EqualTo("4bf92f3577b34da6a3ce929d0e0e4736").And.Not.EqualTo(new string('0', 32)));
    }

    private async Task<Problem> TracedAsync(string traceparent)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/nothing");
        request.Headers.TryAddWithoutValidation("traceparent", traceparent);
        return await Problem.OfAsync(await acme.Http.SendAsync(request));
    }
}
