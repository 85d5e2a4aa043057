using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.People;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Guards;

/// <summary>Who may call what: the table key × route, over every route there is.</summary>
public class AccessRuleTests
{
    private static readonly string[] forAnyKey = ["GET /v1/me"];
    private static readonly string[] forPages =
    [
        "POST /v1/track", "POST /v1/track/batch",
        "POST /v1/chat", "GET /v1/chat", "GET /v1/chat/messages", "POST /v1/chat/messages", "POST /v1/chat/attachments", "POST /v1/chat/read", "POST /v1/chat/typing", "GET /v1/chat/{visitor_id}/stream", "POST /v1/chat/stream_ticket",
    ];
    private static readonly string[] forTheOperator = ["POST /v1/tenants", "POST /v1/signups"];
    private static readonly string[] forTheInvited = ["GET /v1/invitations/mine", "POST /v1/invitations/mine/acceptance"];

    // Each has a credential in its body, or sends it by mail; the mailbox is there in Development alone.
    private static readonly string[] forAnyone =
    [
        "POST /v1/sessions", "POST /v1/sessions/refresh", "POST /v1/signups/confirmation", "POST /v1/password_resets", "POST /v1/password_resets/confirmation", "GET /v1/dev/mailbox",
    ];

    // What people do for themselves, whatever their role.
    private static readonly string[] forUsers =
    [
        "PATCH /v1/me", "POST /v1/me/password", "POST /v1/me/totp", "POST /v1/me/totp/confirmation", "POST /v1/me/totp/removal", "POST /v1/me/recovery_codes", "POST /v1/me/departure",
        "GET /v1/sessions", "GET /v1/sessions/{session_id}", "DELETE /v1/sessions/{session_id}", "DELETE /v1/sessions/current",
    ];

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
        Assert.That(Routes().Where(r => r.Rules[0].IsForInvited).Select(r => r.Name), Is.EquivalentTo(forTheInvited));
        Assert.That(Routes().Where(r => r.Rules[0].IsForAnyone).Select(r => r.Name), Is.EquivalentTo(forAnyone));
        Assert.That(Routes().Where(r => r.Rules[0].IsForUsers).Select(r => r.Name), Is.EquivalentTo(forUsers));
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
                using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead); // a stream never ends
                var isRefused = answer.StatusCode == HttpStatusCode.Forbidden;
                var isItsOwn = route.Rules[0].Scope == scope || route.Rules[0].IsForAnyKey || route.Rules[0].IsForAnyone;
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
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            if (answer.StatusCode != HttpStatusCode.Forbidden) open.Add(route.Name);
        }

        Assert.That(open, Is.EquivalentTo(forPages.Concat(forAnyone)), "what is for anyone looks at no key");
        Assert.That(known.Where(scope => scope.EndsWith(":read", StringComparison.Ordinal)), Is.EqualTo(new[] { "chat:read" }), "nothing is public to read but what a visitor's own token opens");
    }

    [Test]
    public void Every_scope_has_a_line_in_the_table_of_roles()
    {
        var unwritten = Scopes().Except(TestApi.Services.GetRequiredService<RolePermissions>().Written);

        Assert.That(unwritten, Is.Empty, "Users/RoleTable.cs says which roles have a scope: write a line there.");
    }

    [Test]
    public async Task A_role_gets_past_the_doors_of_its_scopes_alone([Values] Role role)
    {
        var permissions = TestApi.Services.GetRequiredService<RolePermissions>();
        var (tenant, wrong) = (await TestTenant.NewAsync(), new List<string>());

        foreach (var route in Routes())
        {
            // Each asks as a user of their own, since some of these routes end a session.
            using var http = (await tenant.UserAsync(role)).Http;
            using var request = new HttpRequestMessage(new HttpMethod(route.Method), route.SamplePath);
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            var isRefused = answer.StatusCode == HttpStatusCode.Forbidden;
            var rule = route.Rules[0];
            var mayPass = rule.IsForAnyKey || rule.IsForUsers || rule.IsForAnyone || (rule.Scope is { } scope && permissions.RolesWith(scope).Contains(role));
            if (isRefused == mayPass) wrong.Add($"{role} at {route.Name}");
        }

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Who_only_reads_changes_nothing_and_each_role_has_what_the_next_one_has()
    {
        var permissions = TestApi.Services.GetRequiredService<RolePermissions>();
        var scopes = Enum.GetValues<Role>().Select(role => Scopes().Where(permissions.ScopesOf(role).Has).ToHashSet()).ToArray();

        Assert.That(scopes[^1], Is.All.EndsWith(":read"));
        for (var i = 1; i < scopes.Length; i++) Assert.That(scopes[i].IsProperSubsetOf(scopes[i - 1]), Is.True);
        Assert.That(permissions.ScopesOf(Role.Manager).Has("api_keys:write"), Is.False, "A key outlives its maker's role.");
    }

    [Test]
    public async Task Without_a_key_every_route_answers_the_same()
    {
        var answers = new HashSet<string>();

        foreach (var route in Routes().Where(r => r.Rules[0] is { IsOpen: false, IsForAnyone: false }))
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
        where endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("v1/", StringComparison.Ordinal) && !OutsideRoutes.Has("/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
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
