using System.Net;
using CustomerCrm.Platform.Access.Keys;

namespace CustomerCrm.Tests.Access;

public class BearerAuthenticationTests
{
    private AccessHost host = null!;

    [SetUp]
    public async Task StartAsync() => host = await AccessHost.StartAsync();

    [TearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task A_key_lets_in_to_its_own_data_set()
    {
        var acme = await host.NewAccountAsync();

        var live = await host.With(acme.Live.Key).GetStringAsync("/v1/customers");
        var test = await host.With(acme.Test.Key).GetStringAsync("/v1/customers");

        Assert.That(live, Is.EqualTo($"{acme.Live.TenantId}"));
        Assert.That(test, Is.EqualTo($"{acme.Test.TenantId}"));
        Assert.That(live, Is.Not.EqualTo(test));
    }

    [Test]
    public async Task Whatever_is_wrong_with_a_key_the_answer_is_the_same()
    {
        var acme = await host.NewAccountAsync();
        string?[] bad =
        [
            null, "", "nonsense", acme.Live.Key[..^1] + (acme.Live.Key[^1] == 'a' ? 'b' : 'a'), ApiKeyText.Make(ApiKeyKind.Live),
            ApiKeyText.Make(ApiKeyKind.Test), ApiKeyText.Make(ApiKeyKind.Operator), acme.Live.Key.ToLowerInvariant(),
        ];

        var answers = new HashSet<string>();
        foreach (var key in bad)
            foreach (var path in new[] { "/v1/customers", "/v1/tenants", "/v1/forgotten", "/v1/nothing/here", "/", "/elsewhere" })
            {
                var http = host.With(string.IsNullOrEmpty(key) ? null : key);
                http.DefaultRequestHeaders.Add("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
                var response = await http.GetAsync(path);
                Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized), $"{key} {path}");
                Assert.That(response.Headers.WwwAuthenticate.ToString(), Is.EqualTo("Bearer"));
                answers.Add(await response.Content.ReadAsStringAsync());
            }

        Assert.That(answers, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_key_in_the_query_is_no_key()
    {
        var acme = await host.NewAccountAsync();

        var response = await host.With(null).GetAsync($"/v1/customers?api_key={acme.Live.Key}");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task A_key_sent_twice_is_refused()
    {
        var acme = await host.NewAccountAsync();
        var http = host.With(null);
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", [$"Bearer {acme.Live.Key}", $"Bearer {acme.Live.Key}"]);

        var response = await http.GetAsync("/v1/customers");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Health_needs_no_key() =>
        Assert.That(await host.With(null).GetStringAsync("/health/live"), Is.EqualTo("up"));

    [Test]
    public async Task With_a_key_an_unknown_route_is_not_found_and_another_method_not_allowed()
    {
        var http = host.With((await host.NewAccountAsync()).Live.Key);

        Assert.That((await http.GetAsync("/v1/nothing/here")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await http.DeleteAsync("/v1/customers")).StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
    }

    [Test]
    public async Task A_route_that_does_not_say_who_may_call_it_answers_nobody()
    {
        var http = host.With((await host.NewAccountAsync()).Live.Key);

        var response = await http.GetAsync("/v1/forgotten");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
    }

    [Test]
    public async Task A_tenant_cannot_do_what_is_the_operators()
    {
        var acme = await host.NewAccountAsync();

        var closed = await host.With(acme.Live.Key).PostAsync("/v1/tenants", null);
        var open = await host.With(acme.Live.Key).PostAsync("/v1/open", null);

        Assert.That((await Problem.OfAsync(closed)).Code, Is.EqualTo("operator_only"));
        Assert.That((await Problem.OfAsync(open)).Code, Is.EqualTo("operator_only"));
    }

    [Test]
    public async Task An_open_route_needs_no_key_and_acts_for_no_tenant()
    {
        var answer = await host.With(null).PostAsync("/v1/open", null);

        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo("0"));
    }
}
