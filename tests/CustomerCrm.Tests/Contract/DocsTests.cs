using System.Net;

namespace CustomerCrm.Tests.Contract;

public class DocsTests
{
    private static HttpClient Anyone => TestApi.NewClient();

    [TestCase("/openapi.yaml", "application/yaml")]
    [TestCase("/openapi/v1.json", "application/json")]
    [TestCase("/docs/index.html", "text/html")]
    [TestCase("/docs/swagger-ui-bundle.js", "text/javascript")]
    [TestCase("/problems", "text/html")]
    public async Task The_documentation_is_open_to_anyone(string path, string mediaType)
    {
        var answer = await Anyone.GetAsync(path);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo(mediaType));
    }

    [Test]
    public async Task The_pages_may_load_nothing_foreign_and_run_nothing_inline()
    {
        var page = await Anyone.GetAsync("/docs/index.html");

        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.That(policy, Does.Contain("default-src 'none'").And.Contain("script-src 'self';").And.Contain("connect-src 'self'").And.Not.Contain("http"));
        Assert.That(await page.Content.ReadAsStringAsync(), Does.Not.Contain("http://").And.Not.Contain("https://").And.Not.Contain("<script>"));
    }

    [Test]
    public async Task The_type_of_a_problem_leads_to_its_explanation()
    {
        var problem = await Problem.OfAsync(await Anyone.GetAsync("/v1/me"));

        var page = await Anyone.GetAsync(new Uri(problem.Document.GetProperty("type").GetString()!).AbsolutePath);

        Assert.That(page.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await page.Content.ReadAsStringAsync(), Does.Contain("unauthenticated").And.Contain("Authorization: Bearer"));
    }

    [Test]
    public async Task A_problem_nobody_has_is_not_found()
    {
        var problem = await Problem.OfAsync(await Anyone.GetAsync("/problems/no_such_problem"));

        Assert.That(problem.Code, Is.EqualTo("not_found"));
    }
}
