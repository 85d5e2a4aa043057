using System.Text;
using System.Text.RegularExpressions;
using CustomerCrm.Platform.People;
using CustomerCrm.Tests.Contract;

namespace CustomerCrm.Tests.Guards;

/// <summary>
/// Walks every route that names a thing with another tenant's ids, with ids of nothing and with ids of what was deleted: all
/// three must answer alike, to the byte. A new route is walked as soon as it is mapped; an unknown parameter fails here
/// until <see cref="Belongings"/> knows what it names.
/// </summary>
public partial class TenantIsolationTests
{
    [Test]
    public async Task No_route_answers_a_stranger()
    {
        var (acme, stranger) = (await TestTenant.NewAsync(), await TestTenant.NewAsync());
        var foreign = await Belongings.OfAsync(acme);
        var nobodys = Belongings.OfNobody(foreign);
        var deleted = await Belongings.DeletedAsync(stranger);
        await TestApi.RunJobsAsync(); // what the setting up leaves to jobs is not the stranger's doing
        var before = await EverythingOfAsync(acme);

        var walked = 0;
        foreach (var operation in (await ContractDocument.ReadAsync()).Operations.Where(o => o.Path.Contains('{', StringComparison.Ordinal) && !IsNamedByTheCaller(o)))
        {
            var answers = new List<string>();
            foreach (var names in new[] { foreign, nobodys, deleted }) answers.Add(await AnswerAsync(stranger, operation, names));

            Assert.That(answers[0], Does.StartWith("404"), $"{operation} with another tenant's id");
            Assert.That(answers[1], Is.EqualTo(answers[0]), $"{operation}: an id of nothing answers otherwise than another tenant's");
            Assert.That(answers[2], Is.EqualTo(answers[0]), $"{operation}: an id of something deleted answers otherwise than another tenant's");
            walked++;
        }

        Assert.That(walked, Is.GreaterThan(20));
        Assert.That(await EverythingOfAsync(acme), Is.EqualTo(before), "The stranger changed something.");
    }

    // PUT by an external id makes what is not there: the name is the caller's own.
    private static bool IsNamedByTheCaller(ContractOperation operation) => operation.Method == "PUT" && operation.Path.Contains("by-external-id", StringComparison.Ordinal);

    private static async Task<string> AnswerAsync(TestTenant stranger, ContractOperation operation, Dictionary<string, string> names)
    {
        var path = Parameter().Replace(operation.Path, p => names.TryGetValue(p.Groups[1].Value, out var name)
            ? name
            : throw new AssertionException($"Teach Belongings what a {p.Groups[1].Value} is."));
        using var request = new HttpRequestMessage(new HttpMethod(operation.Method), path);
        request.Headers.TryAddWithoutValidation("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", Guid.NewGuid().ToString());
        if (ExampleOf(operation) is { } body) request.Content = new StringContent(body, Encoding.UTF8, "application/json");

        // What is for people alone is asked by a person.
        var asker = operation.Path.StartsWith("/v1/sessions/", StringComparison.Ordinal) ? (await stranger.UserAsync(Role.Owner)).Http : stranger.Http;
        var response = await asker.SendAsync(request);
        var headers = response.Headers.Concat(response.Content.Headers).Where(h => h.Key is not ("Date" or "RateLimit")).OrderBy(h => h.Key, StringComparer.Ordinal);
        return $"{(int)response.StatusCode}\n{string.Join('\n', headers.Select(h => $"{h.Key}: {string.Join(',', h.Value)}"))}\n{await response.Content.ReadAsStringAsync()}";
    }

    private static string? ExampleOf(ContractOperation operation)
    {
        var content = operation.Node["requestBody"]?["content"]?["application/json"];
        return (content?["example"] ?? content?["examples"]?.AsObject().First().Value?["value"])?.ToJsonString();
    }

    private static async Task<string> EverythingOfAsync(TestTenant tenant)
    {
        var all = new StringBuilder();
        foreach (var list in new[] { "articles", "article_categories", "bots", "customers", "orders", "interactions", "segments", "custom_fields", "tags", "companies", "notes", "tasks", "inbound_hooks", "storefronts", "automation_rules", "consents", "consent_topics", "suppressions", "products", "messages", "templates", "api_keys", "webhooks", "providers", "conversations", "conversations/mentions", "events" })
            all.Append(await (await tenant.Http.GetAsync($"/v1/{list}?limit=100")).Content.ReadAsStringAsync());
        foreach (var list in new[] { "users", "invitations", "teams", "slas", "routing_rules", "topics", "check_ins", "reminders" }) all.Append(await tenant.Http.GetStringAsync($"/v1/{list}?limit=100"));
        return LastUsed().Replace(all.ToString(), "");
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Parameter();

    // The tenant's own key is used by this very look.
    [GeneratedRegex("\"(last_used_at|revision)\":[^,}]*")]
    private static partial Regex LastUsed();
}
