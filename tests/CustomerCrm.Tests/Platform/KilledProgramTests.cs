using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace CustomerCrm.Tests.Platform;

public class KilledProgramTests
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("crm-kill-");

    [TearDown]
    public void Remove() => folder.Delete(recursive: true);

    [Test]
    public async Task What_was_acknowledged_before_a_kill_is_there_after_it_and_a_repeat_does_nothing_twice()
    {
        const int writers = 8, wanted = 300;
        var file = Path.Combine(folder.FullName, "crm.db");
        var acknowledged = new ConcurrentDictionary<string, string>();
        string key;
        using (var program = await RunningProgram.StartAsync(file))
        {
            key = await SignUpAsync(program);
            var enough = new TaskCompletionSource();
            var writing = Enumerable.Range(0, writers).Select(w => WriteUntilKilledAsync(program, key, w, acknowledged, () =>
            {
                if (acknowledged.Count >= wanted) enough.TrySetResult();
            })).ToArray();
            await enough.Task;
            program.Kill();
            await Task.WhenAll(writing);
        }

        using var again = await RunningProgram.StartAsync(file);
        using var client = again.Client(key);
        var stored = await EveryIdAsync(client);
        Assert.That(acknowledged.Values, Is.SubsetOf(stored), "An acknowledged customer is lost.");
        Assert.That(stored, Has.Count.LessThanOrEqualTo(acknowledged.Count + writers), "More than those that were under way.");

        foreach (var (name, id) in acknowledged.Take(20))
        {
            using var repeat = await client.SendAsync(Create(name));
            Assert.That(repeat.Headers.Contains("Idempotent-Replayed"), Is.True, name);
            Assert.That((await repeat.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString(), Is.EqualTo(id));
        }
        Assert.That(await EveryIdAsync(client), Has.Count.EqualTo(stored.Count));
    }

    private static async Task<string> SignUpAsync(RunningProgram program)
    {
        using var client = program.Client();
        var answer = await client.PostAsJsonAsync("/v1/tenants", new { name = "Acme" });
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("live").GetProperty("key").GetString()!;
    }

    private static async Task WriteUntilKilledAsync(RunningProgram program, string key, int writer, ConcurrentDictionary<string, string> acknowledged, Action wrote)
    {
        using var client = program.Client(key);
        try
        {
            for (var n = 0; ; n++)
            {
                var name = $"w{writer}-{n}";
                using var answer = await client.SendAsync(Create(name));
                if (answer.StatusCode != HttpStatusCode.Created) continue;
                acknowledged[name] = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
                wrote();
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // Killed.
        }
    }

    private static HttpRequestMessage Create(string name) => new(HttpMethod.Post, "/v1/customers")
    {
        Content = JsonContent.Create(new { name, email = $"{name}@example.com" }),
        Headers = { { "Idempotency-Key", name } },
    };

    private static async Task<HashSet<string>> EveryIdAsync(HttpClient client)
    {
        var ids = new HashSet<string>();
        for (var path = "/v1/customers?limit=100"; path is not null;)
        {
            var page = await client.GetFromJsonAsync<JsonElement>(path);
            foreach (var customer in page.GetProperty("data").EnumerateArray()) ids.Add(customer.GetProperty("id").GetString()!);
            path = page.GetProperty("next_cursor").GetString() is { } cursor ? $"/v1/customers?limit=100&cursor={cursor}" : null;
        }
        return ids;
    }
}
