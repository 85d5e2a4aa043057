using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CustomerCrm.Benchmarks.Http;

namespace CustomerCrm.Benchmarks.Kill;

/// <summary>
/// Kills the program (kill -9) at random, twenty times over one file, while clients write, a file is imported and jobs run. What it
/// had acknowledged must be there afterwards, and what clients repeat because they heard no answer must not be there twice.
/// </summary>
internal static class KillBenchmark
{
    private const int Rounds = 20, Writers = 8, ImportedRows = 3000;

    // A job whose worker died waits this long for another.
    private static readonly string[] settings = ["--Jobs:Lease", "00:00:05"];

    public static async Task RunAsync(Results results)
    {
        var folder = Directory.CreateTempSubdirectory("crm-kill-");
        var file = Path.Combine(folder.FullName, "crm.db");
        var key = await PrepareAsync(file, settings);
        var writers = Enumerable.Range(0, Writers).Select(w => new KillWriter(w)).ToArray();
        var (imports, exports) = (new List<string>(), new List<string>());
        var caught = new KilledWork();

        for (var round = 0; round < Rounds; round++)
        {
            using (var program = await ServerProcess.ProductAsync(file, settings))
            {
                var work = writers.Select(writer => writer.WriteUntilKilledAsync(program, key)).Append(AskAsync(program, key, round, imports, exports)).ToArray();
                for (var before = Acknowledged(); Acknowledged() == before;) await Task.Delay(5); // a busy machine is slow to begin
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(0, 4000)));
                program.Kill();
                await Task.WhenAll(work);
            }
            caught.Note(file);
            Console.WriteLine($"round {round + 1}: {writers.Sum(w => w.Customers.Count):N0} customers, {writers.Sum(w => w.Orders.Count):N0} orders, {imports.Count} imports, {exports.Count} exports acknowledged so far");
        }

        using (var program = await ServerProcess.ProductAsync(file, settings))
        {
            foreach (var writer in writers) await writer.RepeatAsync(program, key);
            await SettleAsync(program, key);
        }
        new KillAudit(file).Report(results, caught, writers, imports, exports, ImportedRows);
        folder.Delete(recursive: true);
        await KilledMoves.RunAsync(results);

        int Acknowledged() => writers.Sum(w => w.Acknowledged);
    }

    /// <returns>The key of a new tenant, which has the product that is ordered.</returns>
    public static async Task<string> PrepareAsync(string file, params string[] settings)
    {
        using (await ServerProcess.ProductAsync(file, settings)) { }
        var operatorKey = await ServerProcess.OperatorKeyAsync(file);
        using var program = await ServerProcess.ProductAsync(file, settings);
        var key = await ServerProcess.SignUpAsync(program, operatorKey);
        using var client = program.Client(key);
        using var answer = await client.PostAsJsonAsync("/v1/products", new { name = "Tea", sku = KillWriter.Sku });
        answer.EnsureSuccessStatusCode();
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
        catch (Exception e) when (KillWriter.IsKilled(e))
        {
            // What was not acknowledged is not owed.
        }
    }

    // Until nothing is left to do: no job is due, and no event unread by a job that follows from it.
    public static async Task SettleAsync(ServerProcess program, string key)
    {
        using var client = program.Client(key);
        for (var quiet = 0; quiet < 3;)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            var jobs = (await client.GetFromJsonAsync<JsonElement>("/v1/jobs?limit=100")).GetProperty("data").EnumerateArray();
            quiet = jobs.Any(job => job.GetProperty("status").GetString() != "dead") ? 0 : quiet + 1;
        }
    }
}
