using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CustomerCrm.Benchmarks.Http;

namespace CustomerCrm.Benchmarks.Kill;

/// <summary>
/// Kills the program (kill -9) at random, twenty times over one file, while storefronts and help desks write, a file is imported and jobs run. What it
/// had acknowledged must be there afterwards, and what clients repeat because they heard no answer must not be there twice.
/// </summary>
internal static class KillBenchmark
{
    private const int Rounds = 20, Writers = 6, Desks = 4, ImportedRows = 3000;

    // A job whose worker died waits this long for another.
    private static readonly string[] settings = ["--Jobs:Lease", "00:00:05"];

    public static async Task RunAsync(Results results)
    {
        var folder = Directory.CreateTempSubdirectory("crm-kill-");
        var file = Path.Combine(folder.FullName, "crm.db");
        var key = await PrepareAsync(file, settings);
        var writers = Enumerable.Range(0, Writers).Select(w => new KillWriter(w)).ToArray();
        var desks = Enumerable.Range(0, Desks).Select(d => new KillDesk(d)).ToArray();
        KillClient[] clients = [.. writers, .. desks];
        var (imports, exports) = (new List<string>(), new List<string>());
        var caught = new KilledWork();

        for (var round = 0; round < Rounds; round++)
        {
            using (var program = await ServerProcess.ProductAsync(file, settings))
            {
                var work = clients.Select(client => client.WriteUntilKilledAsync(program, key)).Append(AskAsync(program, key, round, imports, exports)).ToArray();
                for (var before = Acknowledged(); Acknowledged() == before;) await Task.Delay(5); // a busy machine is slow to begin
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(0, 4000)));
                program.Kill();
                await Task.WhenAll(work);
            }
            caught.Note(file);
            Console.WriteLine($"round {round + 1}: {writers.Sum(w => w.Customers.Count):N0} customers, {writers.Sum(w => w.Orders.Count):N0} orders, {desks.Sum(d => d.Tickets.Count):N0} tickets, {imports.Count} imports, {exports.Count} exports acknowledged so far");
        }

        using (var program = await ServerProcess.ProductAsync(file, settings))
        {
            foreach (var client in clients) await client.RepeatAsync(program, key);
            await SettleAsync(file);
        }
        new KillAudit(file, results).Report(caught, clients.Sum(client => client.Replayed), writers, desks, imports, exports, ImportedRows);
        folder.Delete(recursive: true);
        await KilledMoves.RunAsync(results);

        int Acknowledged() => clients.Sum(client => client.Acknowledged);
    }

    /// <returns>The key of a new tenant, which has the product that is ordered, a promise and a queue.</returns>
    public static async Task<string> PrepareAsync(string file, params string[] settings)
    {
        using (await ServerProcess.ProductAsync(file, settings)) { }
        var operatorKey = await ServerProcess.OperatorKeyAsync(file);
        using var program = await ServerProcess.ProductAsync(file, settings);
        var key = await ServerProcess.SignUpAsync(program, operatorKey);
        using var client = program.Client(key);
        using var answer = await client.PostAsJsonAsync("/v1/products", new { name = "Tea", sku = KillWriter.Sku });
        answer.EnsureSuccessStatusCode();
        using var promise = await client.PostAsJsonAsync("/v1/slas", new { name = "Within the day", definition = new { targets = new { normal = new { first_response_minutes = 60, resolution_minutes = 1440 } }, hours = "around_the_clock" } });
        promise.EnsureSuccessStatusCode();
        using var team = await client.PostAsJsonAsync("/v1/teams", new { name = "First line" });
        var queue = (await team.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        using var rule = await client.PostAsJsonAsync("/v1/routing_rules", new { name = "All", definition = new { team_id = queue } });
        rule.EnsureSuccessStatusCode();
        return key;
    }

    // A file that is imported, and a list that is exported, beside the writers.
    private static async Task AskAsync(ServerProcess program, string key, int round, List<string> imports, List<string> exports)
    {
        using var client = program.Client(key);
        try
        {
            var rows = string.Concat(Enumerable.Range(0, ImportedRows).Select(n => $"i{round}-{n}@example.com,i{round}-{n}\n"));
            using var file = new ByteArrayContent(Encoding.UTF8.GetBytes($"email,name\n{rows}")) { Headers = { ContentType = MediaTypeHeaderValue.Parse("text/csv") } };
            using var uploaded = await client.PostAsync("/v1/imports?resource=customers", file);
            var id = (await uploaded.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
            using var run = await client.PostAsync($"/v1/imports/{id}/run", null);
            run.EnsureSuccessStatusCode();
            imports.Add(id);
            using var export = await client.PostAsJsonAsync("/v1/exports", new { list = "customers" });
            if (export.IsSuccessStatusCode) exports.Add((await export.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!); // else two are at work already
        }
        catch (Exception e) when (KillClient.IsKilled(e))
        {
            // What was not acknowledged is not owed.
        }
    }

    // Until nothing is left to do: no job is due, and no consumer has read more events for some seconds.
    public static async Task SettleAsync(string file)
    {
        for (var (quiet, unread) = (0, 0L); quiet < 3;)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            var before = unread;
            unread = KilledWork.UnreadEvents(file);
            quiet = unread != before || KilledWork.IsAnyDue(file) ? 0 : quiet + 1;
        }
    }
}
