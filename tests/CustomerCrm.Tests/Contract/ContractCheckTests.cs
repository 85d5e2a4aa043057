using System.Net;
using System.Text;

namespace CustomerCrm.Tests.Contract;

public class ContractCheckTests
{
    [TestCase(HttpStatusCode.OK, """{"id":"job_1"}""")]
    [TestCase(HttpStatusCode.Gone, "{}")]
    [TestCase(HttpStatusCode.NotFound, """{"status":404}""")]
    public void An_answer_that_the_contract_does_not_know_fails_the_test_that_got_it(HttpStatusCode status, string body)
    {
        using var client = ClientOf(status, body);

        Assert.That(async () => await client.GetAsync("/v1/jobs/job_1"), Throws.InstanceOf<AssertionException>());
    }

    [Test]
    public async Task An_answer_as_the_contract_has_it_is_let_through()
    {
        using var client = ClientOf(HttpStatusCode.OK, """{"data":[],"has_more":false,"next_cursor":null}""");

        var answer = await client.GetAsync("/v1/jobs");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private static HttpClient ClientOf(HttpStatusCode status, string body) =>
        new(new ContractCheck { InnerHandler = new Always(status, body) }) { BaseAddress = new Uri("http://localhost") };

    private sealed class Always(HttpStatusCode status, string body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, status == HttpStatusCode.OK ? "application/json" : "application/problem+json") });
    }
}
