using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CustomerCrm.Platform.People;
using CustomerCrm.Tests.Contract;

namespace CustomerCrm.Tests.Guards;

/// <summary>Sends a blank for every text that must be there, at any depth of every body of the contract. A new route is tried as soon as it is mapped.</summary>
public partial class RequiredTextTests
{
    private static readonly string[] blanks = [" ", "\u200B\t\u00A0"];

    // Passwords are compared as they are.
    private static readonly string[] mayBeBlank = ["POST /v1/sessions /password", "POST /v1/me/totp /password", "POST /v1/me/totp/removal /password", "POST /v1/me/recovery_codes /password", "POST /v1/me/password /current_password"];

    [Test]
    public async Task A_text_that_must_be_there_says_something()
    {
        var tenant = await TestTenant.NewAsync();
        var owner = await tenant.UserAsync(Role.Owner); // who may do what only a person may, too
        var names = await Belongings.OfAsync(tenant);
        var contract = await ContractDocument.ReadAsync();
        var (wrong, tried) = (new ConcurrentBag<string>(), new ConcurrentBag<string>());
        await Parallel.ForEachAsync(contract.Operations.Where(o => o.Node["requestBody"]?["content"]?["application/json"] is not null), async (operation, ct) =>
        {
            var path = Parameter().Replace(operation.Path, p => names.TryGetValue(p.Groups[1].Value, out var name) ? name : "x");
            var schema = operation.Node["requestBody"]!["content"]!["application/json"]!["schema"]!;
            foreach (var blank in blanks)
                foreach (var (pointer, body) in BlanksIn(contract, schema, "", isRequired: false, blank, []))
                {
                    tried.Add($"{operation} {pointer}");
                    using var request = new HttpRequestMessage(new HttpMethod(operation.Method), path) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
                    request.Headers.TryAddWithoutValidation("Idempotency-Key", Guid.NewGuid().ToString());
                    using var answer = await owner.Http.SendAsync(request, ct);
                    var said = await answer.Content.ReadAsStringAsync(ct);
                    var isRefused = said.Contains($"\"pointer\":\"{pointer}\"", StringComparison.Ordinal) || said.Contains($"\"pointer\":\"{InItem().Replace(pointer, "")}\"", StringComparison.Ordinal);
                    if (isRefused == mayBeBlank.Contains($"{operation} {pointer}") && answer.StatusCode != HttpStatusCode.Forbidden) wrong.Add($"{operation} {pointer}: {(int)answer.StatusCode} {said[..Math.Min(300, said.Length)]}");
                }
        });

        Assert.That(wrong, Is.Empty, string.Join('\n', wrong.Order(StringComparer.Ordinal)));
        Assert.That(tried, Has.Count.GreaterThan(400).And.SupersetOf(mayBeBlank));
    }

    // Each text that must be there, with as little of a body round it as can be read.
    private static IEnumerable<(string Pointer, JsonNode Body)> BlanksIn(ContractDocument contract, JsonNode schema, string at, bool isRequired, string blank, string[] above)
    {
        if ((string?)schema["$ref"] is { } name)
        {
            if (above.Contains(name)) return [];
            above = [.. above, name];
        }
        var form = contract.Follow(schema);
        if (form["oneOf"] is JsonArray forms) return forms.SelectMany(one => BlanksIn(contract, one!, at, isRequired, blank, above));
        return TypeOf(form) switch
        {
            "string" when isRequired && form["const"] is null => [(at, JsonValue.Create(blank))],
            "array" => BlanksIn(contract, form["items"]!, $"{at}/0", false, blank, above).Select(one => (one.Pointer, (JsonNode)new JsonArray(one.Body))),
            "object" => (form["properties"]?.AsObject() ?? []).SelectMany(member => BlanksIn(contract, member.Value!, $"{at}/{member.Key}", MustSay(form, member.Key, member.Value!), blank, above)
                    .Select(one => (one.Pointer, (JsonNode)With(contract, form, member.Key, one.Body))))
                .Concat(form["additionalProperties"] is JsonObject others ? BlanksIn(contract, others, $"{at}/en", false, blank, above).Select(one => (one.Pointer, (JsonNode)new JsonObject { ["en"] = one.Body })) : []),
            _ => [],
        };
    }

    // In a change nothing is required, and what cannot be cleared has one character at least.
    private static bool MustSay(JsonObject form, string name, JsonNode schema) =>
        form["required"]?.AsArray().Any(one => (string?)one == name) == true || (schema["type"] is JsonValue && (string?)schema["type"] == "string" && schema["minLength"] is not null);

    private static JsonObject With(ContractDocument contract, JsonObject form, string member, JsonNode value)
    {
        var body = new JsonObject { [member] = value };
        foreach (var (name, schema) in form["properties"]!.AsObject())
            if (contract.Follow(schema!)["const"] is { } only) body[name] = only.DeepClone();
        return body;
    }

    private static string? TypeOf(JsonObject form) => form["type"] is JsonArray types ? (string?)types[0] : (string?)form["type"];

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Parameter();

    // A batch answers item by item.
    [GeneratedRegex(@"^/\w+/0(?=/)")]
    private static partial Regex InItem();
}
