using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Tests.Outbound.Web;
using CustomerCrm.Tests.Platform;

namespace CustomerCrm.Tests.Webhooks;

/// <summary>The program in a process of its own, by its own clock.</summary>
public class KilledSenderTests
{
    private static readonly string[] settings =
    [
        "--Outbound:AllowInternal", "true", "--Webhooks:Timeout", "00:00:02", "--Webhooks:Lease", "00:00:05", "--Webhooks:PollEvery", "00:00:00.1",
        .. Enumerable.Range(0, 40).SelectMany(n => new[] { $"--Webhooks:Schedule:{n}", n == 0 ? "00:00:00" : "00:00:00.2" }),
    ];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("crm-webhooks-");

    [TearDown]
    public void Remove() => folder.Delete(recursive: true);

    [Test]
    public async Task With_an_endpoint_that_fails_three_in_ten_and_a_kill_in_the_middle_what_is_delivered_is_what_changed()
    {
        const int changes = 1000;
        var (taken, calls, half) = (new ConcurrentDictionary<string, string>(), 0, new TaskCompletionSource());
        await using var receiver = await Receiver.StartAsync(call =>
        {
            if (Interlocked.Increment(ref calls) == changes / 2) half.TrySetResult();
            if (Random.Shared.NextDouble() < 0.3) return call.Answer(503, "");
            taken[call.Headers["webhook-id"]] = call.Body;
            return call.Answer(204, "");
        });
        var file = Path.Combine(folder.FullName, "crm.db");
        var changed = new ConcurrentDictionary<string, bool>();
        string key;
        using (var program = await RunningProgram.StartAsync(file, settings))
        {
            using var nobody = program.Client();
            key = (await nobody.PostAsync("/v1/tenants", new { name = "Acme" })).GetProperty("live").Text("key");
            using var http = program.Client(key);
            await http.WebhookAsync(receiver.Url, "customer.created");
            var writing = WriteAsync(program, key, 0, changes / 2, changed);
            await writing;
            await half.Task.WaitAsync(TimeSpan.FromMinutes(5));
            var more = WriteAsync(program, key, changes / 2, changes / 5, changed);
            program.Kill();
            await more;
        }
        using (var program = await RunningProgram.StartAsync(file, settings))
        {
            await WriteAsync(program, key, changes, changes - changed.Count, changed);
            using var http = program.Client(key);
            var wanted = (await EventsAsync(http)).ToHashSet();
            Assert.That(wanted, Has.Count.GreaterThanOrEqualTo(changes));
            for (var patience = TimeProvider.System.GetTimestamp(); taken.Count < wanted.Count && TimeProvider.System.GetElapsedTime(patience) < TimeSpan.FromMinutes(5);) await Task.Delay(20);

            Assert.That(taken.Keys, Is.EquivalentTo(wanted));
        }
        Assert.That(taken.Values.Select(body => JsonElement.Parse(body).GetProperty("data").Text("id")), Is.SupersetOf(changed.Keys), "What was acknowledged was told.");
    }

    [Test]
    public async Task Every_delivery_is_verified_by_the_library_that_receivers_use()
    {
        await using var receiver = await Receiver.StartAsync();
        using var program = await RunningProgram.StartAsync(Path.Combine(folder.FullName, "crm.db"), settings);
        using var nobody = program.Client();
        using var http = program.Client((await nobody.PostAsync("/v1/tenants", new { name = "Acme" })).GetProperty("live").Text("key"));
        var made = await http.PostAsync("/v1/webhooks", new { url = receiver.Url, events = new[] { "*" } });
        await http.CustomerAsync("Zoë 🦊");
        var rotated = await http.PostAsync($"/v1/webhooks/{made.Text("id")}/secret_rotations", new { });
        await http.CustomerAsync("After the rotation");
        await http.PostAsync($"/v1/webhooks/{made.Text("id")}/test", new { });
        for (var patience = TimeProvider.System.GetTimestamp(); receiver.Calls.Count < 3 && TimeProvider.System.GetElapsedTime(patience) < TimeSpan.FromMinutes(2);) await Task.Delay(20);

        var lines = receiver.Calls.Select(call => JsonSerializer.Serialize(new { secrets = new[] { made.Text("secret"), rotated.Text("secret") }, headers = call.Headers, body = call.Body }));
        var said = await NodePrograms.RunAsync("tests/contract", "standardwebhooks", ["verify-webhooks.mjs"], string.Join('\n', lines));

        Assert.That(said.Trim(), Is.EqualTo($"{receiver.Calls.Count} verified"));
        Assert.That(receiver.Calls, Has.Count.GreaterThanOrEqualTo(3));
    }

    private static async Task WriteAsync(RunningProgram program, string key, int from, int count, ConcurrentDictionary<string, bool> changed)
    {
        using var http = program.Client(key);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            try
            {
                for (var n = from + writer; n < from + count; n += 8)
                {
                    using var answer = await http.PostAsJsonAsync("/v1/customers", new { name = $"c{n}" });
                    if (answer.IsSuccessStatusCode) changed[(await answer.Content.ReadFromJsonAsync<JsonElement>()).Text("id")] = true;
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                // Killed.
            }
        }));
    }

    private static async Task<List<string>> EventsAsync(HttpClient http)
    {
        var ids = new List<string>();
        for (var after = ""; ;)
        {
            var page = await http.ShowAsync($"/v1/events?limit=100&filter[type][eq]=customer.created{after}");
            ids.AddRange(page.GetProperty("data").EnumerateArray().Select(e => e.Text("id")));
            if (!page.GetProperty("has_more").GetBoolean()) return ids;
            after = $"&after={page.Text("next_cursor")}";
        }
    }
}
