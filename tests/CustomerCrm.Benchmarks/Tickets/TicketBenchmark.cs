using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using CustomerCrm.Benchmarks.Http;
using CustomerCrm.Platform.Data;
using CustomerCrm.Teams;
using CustomerCrm.Tickets;

namespace CustomerCrm.Benchmarks.Tickets;

/// <summary>Lists and searches among a million tickets, and fifty agents who answer at once among a hundred thousand.</summary>
internal static class TicketBenchmark
{
    private const int Times = 200, Agents = 50, WarmUp = 40, RepliesOfEach = 40, AmongReplies = 100_000;

    private static readonly (string Name, Func<int, string> Path)[] queries =
    [
        ("tickets, newest first", _ => "sort=-created_at"),
        ("tickets changed last", _ => "sort=-updated_at"),
        ("unsolved tickets, changed last", _ => "filter[is_solved][eq]=false&sort=-updated_at"),
        ("new and open ones, most urgent first", _ => "filter[category][in]=new,open&sort=-priority"),
        ("closed ones, newest first", _ => "filter[category][eq]=closed"),
        ("unassigned ones of a queue", n => $"filter[is_assigned][eq]=false&filter[team_id][eq]={Team(n)}"),
        ("unsolved ones of a queue, most urgent first", n => $"filter[team_id][eq]={Team(n)}&filter[is_solved][eq]=false&sort=-priority"),
        ("urgent ones, changed last", _ => "filter[priority][eq]=urgent&sort=-updated_at"),
        ("with a common tag, newest first", _ => "filter[tag][eq]=common"),
        ("with a rare tag, most urgent first", _ => "filter[tag][eq]=rare&sort=-priority"),
        ("of a customer", n => $"filter[customer_id][eq]={FilledProduct.Id(n / 10)}"),
        ("by number", n => $"filter[number][eq]={n + 1}"),
        ("of a month two years ago, by change", _ => $"filter[created_at][gte]={DaysAgo(700)}&filter[created_at][lt]={DaysAgo(670)}&sort=created_at"),
        ("search a rare word (10 have it)", n => $"filter[words][match]={ManyTickets.RareWord(n)}"),
        ("search a common word (100,000 have it)", n => $"filter[words][match]={ManyTickets.Subject(n).Split(' ')[1]}"),
        ("search two words of a subject, changed last", n => $"filter[words][match]={ManyTickets.Subject(n).Split(' ')[1]}%20{ManyTickets.Subject(n).Split(' ')[3]}&sort=-updated_at"),
        ("search a word among unsolved ones", n => $"filter[words][match]={ManyTickets.Subject(n).Split(' ')[1]}&filter[is_solved][eq]=false"),
        ("search a ticket's number", n => string.Create(CultureInfo.InvariantCulture, $"filter[words][match]=%23{n + 1}")),
    ];

    public static async Task RunAsync(Results results, int tickets = 1_000_000)
    {
        await WithAsync(tickets, (product, key) => AskAsync(results, product, key, tickets));
        await WithAsync(Math.Min(tickets, AmongReplies), (product, key) => ReplyAsync(results, product, key, Math.Min(tickets, AmongReplies)));
    }

    private static async Task AskAsync(Results results, ServerProcess product, string key, int tickets)
    {
        using var client = product.Client(key);
        foreach (var (name, path) in queries)
        {
            var (random, took) = (new Random(7), new List<double>());
            for (var i = -20; i < Times; i++)
            {
                var watch = Stopwatch.StartNew();
                var answer = await client.GetAsync($"/v1/tickets?limit=50&{path(random.Next(tickets))}");
                var body = await answer.Content.ReadAsStringAsync();
                if (i >= 0) took.Add(watch.Elapsed.TotalMilliseconds);
                if (!answer.IsSuccessStatusCode || body.Contains("\"data\":[]", StringComparison.Ordinal)) throw new InvalidOperationException($"{name} {path(0)}: {body}");
            }
            took.Sort();
            results.AddAtMost($"{name}: p99", $"median {Results.Text(Results.Median(took))} ms, among {tickets:#,0}", Results.P99(took), 100, "ms");
        }
    }

    private static async Task ReplyAsync(Results results, ServerProcess product, string key, int tickets)
    {
        var started = await AnswerAtOnceAsync(product, key, tickets, WarmUp);
        var watch = Stopwatch.StartNew();
        var took = await AnswerAtOnceAsync(product, key, tickets, RepliesOfEach);
        results.AddAtMost($"{Agents} agents answer at once: p99",
            $"median {Results.Text(Results.Median(took))} ms, {Results.Text(took.Count / watch.Elapsed.TotalSeconds)}/s, each on the disk before its answer, among {tickets:#,0}; {Results.Text(Results.P99(started))} ms of the first {started.Count:#,0} after a start",
            Results.P99(took), 300, "ms");
    }

    private static async Task<List<double>> AnswerAtOnceAsync(ServerProcess product, string key, int tickets, int ofEach)
    {
        var took = (await Task.WhenAll(Enumerable.Range(0, Agents).Select(agent => Task.Run(async () =>
        {
            using var client = product.Client(key);
            var (random, mine) = (new Random(agent), new List<double>());
            for (var i = 0; i < ofEach; i++) mine.Add(await AnswerAsync(client, tickets - 1 - random.Next(2000)));
            return mine;
        })))).SelectMany(mine => mine).ToList();
        took.Sort();
        return took;
    }

    private static async Task<double> AnswerAsync(HttpClient client, int n)
    {
        var watch = Stopwatch.StartNew();
        var answer = await client.PostAsJsonAsync($"/v1/tickets/{Id<Ticket>.FromBytes(ManyTickets.TicketId(n))}/replies", new { text = "Your parcel left our house today; it will be with you on Thursday.", channel = "chat" });
        var body = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? watch.Elapsed.TotalMilliseconds : throw new InvalidOperationException(body);
    }

    private static async Task WithAsync(int tickets, Func<ServerProcess, string, Task> work)
    {
        var folder = Directory.CreateTempSubdirectory("crm-bench-");
        try
        {
            var file = Path.Combine(folder.FullName, "tickets.db");
            var operatorKey = await ServerProcess.OperatorKeyAsync(file);
            string key;
            using (var first = await ServerProcess.ProductAsync(file)) key = await ServerProcess.SignUpAsync(first, operatorKey);
            new ManyTickets(file, Shop.TenantOf(file), tickets, TimeProvider.System.GetUtcNow().UtcDateTime).Fill();
            using var product = await ServerProcess.ProductAsync(file);
            await work(product, key);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Id<Team> Team(int n) => Id<Team>.FromBytes(ManyTickets.TeamId(n));

    private static string DaysAgo(int days) => TimeProvider.System.GetUtcNow().AddDays(-days).ToString("yyyy-MM-dd'T00:00:00Z'", CultureInfo.InvariantCulture);
}
