using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CustomerCrm.Platform.Access;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Guards;

/// <summary>Who may call what: the table key × route, over every route there is.</summary>
public class AccessRuleTests
{
    private static readonly string[] forAnyKey = ["GET /v1/me"];
    private static readonly string[] forPages = ["POST /v1/track", "POST /v1/track/batch"];
    private static readonly string[] forTheOperator = ["POST /v1/tenants"];

    [Test]
    public void Every_route_under_v1_says_who_may_call_it() =>
        Assert.That(Routes().Where(r => r.Rules.Length != 1).Select(r => r.Name), Is.Empty);

    [Test]
    public void Every_route_outside_v1_is_of_a_group_that_is_written_down() =>
        Assert.That(Endpoints().Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Where(p => !p.StartsWith("/v1/", StringComparison.Ordinal) && !OutsideRoutes.Has(p)), Is.Empty);

    [Test]
    public void The_routes_without_a_scope_are_these()
    {
        Assert.That(Routes().Where(r => r.Rules[0].IsForAnyKey).Select(r => r.Name), Is.EquivalentTo(forAnyKey));
        Assert.That(Routes().Where(r => r.Rules[0].IsForOperator).Select(r => r.Name), Is.EquivalentTo(forTheOperator));
    }

    [Test]
    public void A_scope_is_a_resource_and_read_or_write() =>
        Assert.That(Scopes(), Is.All.Match("^[a-z_]+:(read|write)$"));

    [Test]
    public void What_only_reads_does_not_need_to_write_and_what_changes_does() =>
        Assert.That(
            Routes().Where(r => r.Rules[0].Scope is { } scope && r.Method != "POST" && (r.Method == "GET") != scope.EndsWith(":read", StringComparison.Ordinal)).Select(r => r.Name),
            Is.Empty);

    [Test]
    public async Task A_key_of_one_scope_gets_past_the_doors_of_that_scope_alone()
    {
        var wrong = new List<string>();

        foreach (var scope in Scopes())
        {
            using var http = await ClientWithAsync(scope);
            foreach (var route in Routes())
            {
                using var request = new HttpRequestMessage(new HttpMethod(route.Method), route.SamplePath);
                var isRefused = (await http.SendAsync(request)).StatusCode == HttpStatusCode.Forbidden;
                var isItsOwn = route.Rules[0].Scope == scope || route.Rules[0].IsForAnyKey;
                if (isRefused == isItsOwn) wrong.Add($"{scope} at {route.Name}");
            }
        }

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public async Task A_publishable_key_gets_past_the_doors_that_are_open_to_pages_alone()
    {
        var tenant = await TestTenant.NewAsync();
        var known = TestApi.Services.GetRequiredService<KnownScopes>().FromBrowsers;
        var created = await tenant.CreateAsync<JsonElement>("/v1/api_keys", new { name = "Page", use = "publishable", scopes = known, origins = new[] { "https://shop.example.com" } });
        using var http = TestTenant.ClientOf(created.GetProperty("key").GetString()!);
        http.DefaultRequestHeaders.Add("Origin", "https://shop.example.com");
        var open = new List<string>();

        foreach (var route in Routes())
        {
            using var request = new HttpRequestMessage(new HttpMethod(route.Method), route.SamplePath);
            if ((await http.SendAsync(request)).StatusCode != HttpStatusCode.Forbidden) open.Add(route.Name);
        }

        Assert.That(open, Is.EquivalentTo(forPages));
        Assert.That(known, Has.None.EndsWith(":read"), "there is nothing yet that is public to read");
    }

    [Test]
    public async Task Without_a_key_every_route_answers_the_same()
    {
        var answers = new HashSet<string>();

        foreach (var route in Routes().Where(r => !r.Rules[0].IsOpen))
        {
            using var request = new HttpRequestMessage(new HttpMethod(route.Method), route.SamplePath);
            request.Headers.Add("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
            var response = await TestApi.NewClient().SendAsync(request);
            answers.Add($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }

        Assert.That(answers.Single(), Does.StartWith("401 "));
    }

    private static IEnumerable<string> Scopes() => TestApi.Services.GetRequiredService<KnownScopes>().All;

    private static IEnumerable<RouteEndpoint> Endpoints() => TestApi.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private static IEnumerable<Route> Routes() =>
        from endpoint in Endpoints()
        where endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("v1/", StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
        select new Route(method, endpoint.RoutePattern, [.. endpoint.Metadata.OfType<AccessRule>()]);

    private static async Task<HttpClient> ClientWithAsync(string scope)
    {
        var tenant = await TestTenant.NewAsync();
        var created = await tenant.CreateAsync<JsonElement>("/v1/api_keys", new { name = scope, scopes = new[] { scope } });
        var http = TestApi.NewClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", created.GetProperty("key").GetString());
        return http;
    }

    private sealed record Route(string Method, Microsoft.AspNetCore.Routing.Patterns.RoutePattern Pattern, AccessRule[] Rules)
    {
        public string Name => $"{Method} /{Pattern.RawText!.Trim('/')}";

        /// <summary>An address the route matches: what is in the place of its parameters does not matter at the door.</summary>
        public string SamplePath => "/" + string.Join('/', Pattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p =>
            p is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content : "0"))));
    }
}
