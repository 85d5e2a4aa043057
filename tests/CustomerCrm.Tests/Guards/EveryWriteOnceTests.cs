using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Tests.Contract;

namespace CustomerCrm.Tests.Guards;

/// <summary>
/// Sends every writing request of the contract twice with one Idempotency-Key: the second answer is the first and nothing
/// happens again. A new route is tried as soon as it is mapped.
/// </summary>
public partial class EveryWriteOnceTests
{
    [Test]
    public async Task Every_write_is_done_once_however_often_it_is_sent()
    {
        var tenant = await TestTenant.NewAsync();
        var names = await Belongings.OfAsync(tenant);
        var (wrong, done) = (new List<string>(), 0);
        var writes = (await ContractDocument.ReadAsync()).Operations
            .Where(o => o.Method is not ("GET" or "HEAD") && o.Path.StartsWith("/v1/", StringComparison.Ordinal))
            .OrderBy(o => o.Method == "DELETE").ThenByDescending(o => o.Path.Count(c => c == '/')); // what is within before what it is in

        foreach (var operation in writes)
        {
            var (key, path) = (Guid.NewGuid().ToString(), Parameter().Replace(operation.Path, p => names.TryGetValue(p.Groups[1].Value, out var name) ? name : "x"));
            var first = await SendAsync(tenant, operation, path, key);
            if (!first.IsSuccessStatusCode || !HasKey(operation)) continue;
            done++;
            var before = await HeadAsync(tenant);
            var again = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => SendAsync(tenant, operation, path, key)));
            var body = await first.Content.ReadAsStringAsync();
            foreach (var answer in again)
            {
                if (answer.StatusCode != first.StatusCode || !IsSame(body, await answer.Content.ReadAsStringAsync())) wrong.Add($"{operation} answered {(int)first.StatusCode}, then {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
                else if (!answer.Headers.Contains("Idempotent-Replayed")) wrong.Add($"{operation} does not say that it replays");
            }
            if (await HeadAsync(tenant) == before) continue;

            // What the first one left to jobs may have been done meanwhile. There is nothing of it left now.
            await TestApi.RunJobsAsync();
            before = await HeadAsync(tenant);
            await SendAsync(tenant, operation, path, key);
            if (await HeadAsync(tenant) is var after && after != before) wrong.Add($"{operation} did something again: {after}");
        }

        Assert.That(wrong.Distinct(), Is.Empty);
        Assert.That(done, Is.GreaterThan(80));
    }

    // A secret is shown once and kept nowhere, so a replay says null in its place, and that it shows none.
    private static bool IsSame(string first, string again) => first == again || (first.StartsWith('{') && IsSame(JsonNode.Parse(first), JsonNode.Parse(again)));

    private static bool IsSame(JsonNode? first, JsonNode? again) => again is null || (first, again) switch
    {
        (JsonObject one, JsonObject other) => one.Count == other.Count && other.All(m => one.ContainsKey(m.Key) && (IsSame(one[m.Key], m.Value) || m is { Key: "is_secret_shown", Value: JsonValue })),
        _ => JsonNode.DeepEquals(first, again),
    };

    private static bool HasKey(ContractOperation operation) =>
        operation.Node["parameters"]?.AsArray().Any(p => p!.ToJsonString().Contains("dempotency", StringComparison.Ordinal)) == true;

    private static async Task<HttpResponseMessage> SendAsync(TestTenant tenant, ContractOperation operation, string path, string key)
    {
        using var request = new HttpRequestMessage(new HttpMethod(operation.Method), path);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        var content = operation.Node["requestBody"]?["content"]?["application/json"];
        if ((content?["example"] ?? content?["examples"]?.AsObject().First().Value?["value"]) is { } example) request.Content = new StringContent(example.ToJsonString(), Encoding.UTF8, "application/json");
        return await tenant.Http.SendAsync(request);
    }

    private static async Task<long> HeadAsync(TestTenant tenant)
    {
        long head = 0;
        await tenant.WithDbAsync(async db => head = (await db.QueryAsync<long>(Head, null, default)).Single());
        return head;
    }

    private static readonly TenantSql Head = TenantSql.Of("SELECT h.LastSeq FROM EventHeads h WHERE h.TenantId = @TenantId");

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Parameter();
}
