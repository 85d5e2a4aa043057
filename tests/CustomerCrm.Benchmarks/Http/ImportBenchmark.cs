using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace CustomerCrm.Benchmarks.Http;

/// <summary>A file of new customers with six columns, through the resource: how fast it runs, what it takes, and whether another tenant feels it.</summary>
internal static class ImportBenchmark
{
    public const int AllRows = 1_000_000;
    private const int WarmUp = 50_000, Beside = 400_000, Early = 200_000;
    private static readonly TimeSpan time = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(Results results, int rows)
    {
        var folder = Directory.CreateTempSubdirectory("crm-bench-");
        var file = Path.Combine(folder.FullName, "crm.db");
        var operatorKey = await ServerProcess.OperatorKeyAsync(file);
        using (var product = await ServerProcess.ProductAsync(file))
        {
            var (visitor, importer) = (await ServerProcess.SignUpAsync(product, operatorKey), await ServerProcess.SignUpAsync(product, operatorKey));
            await Visits.PayAsync(product, visitor, time); // until the runtime is warm
            await RunAsync(product, importer, "c", Math.Min(WarmUp, rows));
            await product.IdleAsync(); // the search is done with them

            var alone = await Visits.PayAsync(product, visitor, time);
            var running = RunAsync(product, importer, "b", Math.Min(Beside, rows));
            await Task.Delay(TimeSpan.FromSeconds(3)); // the upload, which is looked through
            var beside = await Visits.PayAsync(product, visitor, time);
            var wasBeside = !running.IsCompleted;
            await running;
            results.AddAtMost("p99 of a tenant beside an import", $"{beside} beside {alone} alone{(wasBeside ? "" : "; the import was done before")}", beside.P99 / alone.P99, 2, "×");
        }
        using (var product = await ServerProcess.ProductAsync(file))
        {
            var key = await ServerProcess.SignUpAsync(product, operatorKey);
            await RunAsync(product, key, "c", Math.Min(WarmUp, rows));
            await product.IdleAsync();
            var run = await RunAsync(product, key, "a", rows);
            results.AddAtLeast($"import of {rows:#,0} new customers, rows a second", $"{run.Seconds:0} s; {run.MicrosecondsOfProcessor:0} µs of processor a row", rows / run.Seconds, 20_000);
            results.AddAtMost($"its memory, all rows beside the first {Early:#,0}", $"{run.Megabytes:0} MB beside {run.EarlyMegabytes:0} MB", run.Megabytes / run.EarlyMegabytes, 1.25, "×");
        }
        folder.Delete(recursive: true);
    }

    private static async Task<Run> RunAsync(ServerProcess product, string key, string mark, int rows)
    {
        using var client = product.Client(key);
        using var body = new ByteArrayContent(FileOf(mark, rows));
        body.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        var import = await ReadAsync(await client.PostAsync("/v1/imports?resource=customers", body));
        var at = $"/v1/imports/{import.GetProperty("id").GetString()}";

        var (watch, processor, early, most) = (Stopwatch.StartNew(), product.ProcessorTime, 0.0, 0.0);
        for (import = await ReadAsync(await client.PostAsync($"{at}/run", null)); StatusOf(import) == "running"; import = await ReadAsync(await client.GetAsync(at)))
        {
            most = Math.Max(most, product.MemoryMegabytes);
            if (import.GetProperty("position").GetInt32() <= Early) early = most;
            await Task.Delay(100);
        }
        if (import.GetProperty("run").GetProperty("created").GetInt32() != rows) throw new InvalidOperationException($"Not all rows became customers: {import}");
        return new Run(watch.Elapsed.TotalSeconds, (product.ProcessorTime - processor).TotalMicroseconds / rows, early, most);
    }

    private static string StatusOf(JsonElement import) => import.GetProperty("status").GetString()!;

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer) => await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();

    // Short enough for a million rows in 50 MiB. Names come in no order, as in life; numbers mostly do.
    private static byte[] FileOf(string mark, int rows)
    {
        var (random, text) = (new Random(7), new StringBuilder("email,phone,first_name,last_name,city,country\n", rows * 53));
        for (var n = 0; n < rows; n++)
        {
            var (first, last) = (firsts[random.Next(firsts.Length)], lasts[random.Next(lasts.Length)]);
            text.Append(CultureInfo.InvariantCulture, $"{last.ToLowerInvariant()}{n}@{mark}.de,+49{30 + mark[0] % 10}1{n:0000000},{first},{last},{cities[random.Next(cities.Length)]},DE\n");
        }
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static readonly string[] firsts = ["Ada", "Alan", "Ana", "Bea", "Carl", "Emmy", "Fei", "Grace", "Hedy", "Ida", "Joan", "Jean", "Ken", "Lise", "Lynn", "Max", "Nora", "Otto", "Rosa", "Tim"];
    private static readonly string[] lasts = [.. from a in "BDFGHKLMNPRSTVW" from b in "aeiou" from c in "bdfgklmnrst" from d in "aeiou" select $"{a}{b}{c}{d}"];
    private static readonly string[] cities = ["Bern", "Bonn", "Graz", "Jena", "Kiel", "Linz", "Ulm", "Wien"];

    /// <param name="Seconds">From the request to run it until it was done.</param>
    /// <param name="MicrosecondsOfProcessor">Of the server, for each row.</param>
    /// <param name="EarlyMegabytes">The most memory while the first rows were written.</param>
    /// <param name="Megabytes">The most memory of all.</param>
    private sealed record Run(double Seconds, double MicrosecondsOfProcessor, double EarlyMegabytes, double Megabytes);
}
