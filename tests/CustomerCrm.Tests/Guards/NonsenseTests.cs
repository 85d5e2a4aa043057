using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CustomerCrm.Platform.People;
using CustomerCrm.Tests.Contract;

namespace CustomerCrm.Tests.Guards;

/// <summary>
/// Puts nonsense into every field of every body and into every parameter of a query, one at a time, beginning with the contract's own example. A new
/// route is tried as soon as it is mapped.
/// </summary>
public partial class NonsenseTests
{
    private static readonly string[] nonsense =
    [
        "null", "true", "-1", "1e300", "99999999999999999999", "\"\"", "\" \"", "\"\\u202e\\u0007 %s ' -- {{x}}\"", "\"9999-12-31T23:59:59.9999999Z\"", "\"0001-01-01\"",
        "\"cus_00000000000000000000000000\"", $"\"{new string('x', 70_000)}\"", "[]", "[null]", "{}", "{\"\":[[[{}]]]}",
    ];

    private static readonly string[] askedNonsense = ["", "%00", "-1", "99999999999999999999", "cus_0", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "%F0%9F%92%A5", "%C3%28", "a,b,,c", new string('x', 3000)];

    [Test]
    public async Task Nonsense_in_any_field_is_refused_by_its_name_or_does_no_harm()
    {
        var tenant = await TestTenant.NewAsync();
        var names = await Belongings.OfAsync(tenant);
        var wrong = new ConcurrentBag<string>();
        var tried = 0;
        await Parallel.ForEachAsync((await ContractDocument.ReadAsync()).Operations.Where(o => o.Path.StartsWith("/v1/", StringComparison.Ordinal)), async (operation, ct) =>
        {
            var path = Parameter().Replace(operation.Path, p => names.TryGetValue(p.Groups[1].Value, out var name) ? name : "x");
            if (ExampleOf(operation) is { } example)
            {
                var anyway = await PointersAsync(await SendAsync(tenant.Http, operation, path, example.ToJsonString()));
                foreach (var place in PlacesIn(example, ""))
                    foreach (var value in nonsense)
                    {
                        Interlocked.Increment(ref tried);
                        if (await WhatIsWrongAsync(tenant, operation, path, With(example, place, value), place, anyway) is { } said) wrong.Add($"{operation} {place} = {(value.Length > 60 ? value[..20] + "…" : value)}: {said}");
                    }
            }
            foreach (var parameter in operation.Node["parameters"]?.AsArray().Where(p => (string?)p!["in"] == "query") ?? [])
                foreach (var value in askedNonsense)
                {
                    Interlocked.Increment(ref tried);
                    if (operation.Method == "GET" && await WhatIsWrongAsync(tenant, operation, $"{path}?{Uri.EscapeDataString((string)parameter!["name"]!)}={value}", null, "", []) is { } said) wrong.Add($"{operation} ?{parameter["name"]}={value[..Math.Min(20, value.Length)]}: {said}");
                }
        });

        Assert.That(wrong, Is.Empty, string.Join('\n', wrong.Order(StringComparer.Ordinal)));
        Assert.That(tried, Is.GreaterThan(10_000));
    }

    [Test]
    public async Task A_change_takes_null_where_the_contract_says_so_and_asks_for_a_value_elsewhere()
    {
        var tenant = await TestTenant.NewAsync();
        var owner = await tenant.UserAsync(Role.Owner); // who may change what a person has, too
        var names = await Belongings.OfAsync(tenant);
        var contract = await ContractDocument.ReadAsync();
        var wrong = new List<string>();
        var tried = 0;
        foreach (var operation in contract.Operations.Where(o => o.Method == "PATCH"))
        {
            var path = Parameter().Replace(operation.Path, p => names.TryGetValue(p.Groups[1].Value, out var name) ? name : "x");
            foreach (var (member, schema) in contract.Follow(operation.Node["requestBody"]!["content"]!["application/json"]!["schema"]!)["properties"]!.AsObject())
            {
                tried++;
                using var answer = await SendAsync(owner.Http, operation, path, $$"""{"{{member}}":null}""");
                var mayBeNull = contract.Schema.Check(null, schema!).Count == 0;
                var isAskedFor = (int)answer.StatusCode == 422 && JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["errors"]!.AsArray().Any(e => (string?)e!["pointer"] == $"/{member}" && (string?)e["code"] == "required");
                if (mayBeNull == isAskedFor || (int)answer.StatusCode == 400) wrong.Add($"{operation} /{member}: {(mayBeNull ? "null" : "no null")} in the contract, and {(int)answer.StatusCode}");
            }
        }

        Assert.That(wrong, Is.Empty, string.Join('\n', wrong));
        Assert.That(tried, Is.GreaterThan(150));
    }

    /// <param name="anyway">What the example is told by itself, for example that it names nothing of this tenant's.</param>
    private static async Task<string?> WhatIsWrongAsync(TestTenant tenant, ContractOperation operation, string path, string? body, string place, IReadOnlyCollection<string> anyway)
    {
        using var answer = await SendAsync(tenant.Http, operation, path, body); // a stream ends with it
        if ((int)answer.StatusCode >= 500) return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
        if (body is null || (int)answer.StatusCode is not (400 or 422)) return null;

        // A body that cannot be read is wrong in one place; what two fields say together may be told of the other one.
        var pointers = await PointersAsync(answer);
        var isNamed = pointers.Any(p => p == place || p.StartsWith(place + "/", StringComparison.Ordinal) || place.StartsWith(p + "/", StringComparison.Ordinal));
        return isNamed || (pointers.Count > 0 && (pointers.All(anyway.Contains) || answer.StatusCode == HttpStatusCode.UnprocessableEntity))
            ? null : $"names {string.Join(", ", pointers)} {await answer.Content.ReadAsStringAsync()}";
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, ContractOperation operation, string path, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(operation.Method), path);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", Guid.NewGuid().ToString());
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await http.SendAsync(request, body is null ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead);
    }

    private static async Task<IReadOnlyCollection<string>> PointersAsync(HttpResponseMessage answer) => (int)answer.StatusCode is not (400 or 422) ? []
        : JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["errors"]?.AsArray().Select(e => (string)e!["pointer"]!).ToArray() ?? [];

    private static JsonNode? ExampleOf(ContractOperation operation)
    {
        var content = operation.Node["requestBody"]?["content"]?["application/json"];
        return content?["example"] ?? content?["examples"]?.AsObject().First().Value?["value"];
    }

    // As JSON pointers; of a list, its first.
    private static IEnumerable<string> PlacesIn(JsonNode? node, string at) => node switch
    {
        JsonObject members => members.SelectMany(m => PlacesIn(m.Value, $"{at}/{m.Key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}").Prepend($"{at}/{m.Key}")).Distinct(),
        JsonArray { Count: > 0 } items => PlacesIn(items[0], $"{at}/0").Prepend($"{at}/0").Distinct(),
        _ => [],
    };

    private static string With(JsonNode example, string place, string value)
    {
        var body = example.DeepClone();
        var steps = place.Split('/').Skip(1).ToArray();
        var at = body;
        foreach (var step in steps[..^1]) at = at is JsonArray list ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : at[step]!;
        const string mark = "3b241101-e2bb-4255-8caf-4136c566a962";
        if (at is JsonArray items) items[int.Parse(steps[^1], System.Globalization.CultureInfo.InvariantCulture)] = mark;
        else at[steps[^1]] = mark;
        return body.ToJsonString().Replace($"\"{mark}\"", value, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Parameter();
}
