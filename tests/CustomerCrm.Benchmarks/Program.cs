using System.Globalization;
using CustomerCrm.Benchmarks;
using CustomerCrm.Benchmarks.Http;
using CustomerCrm.Benchmarks.Kill;
using CustomerCrm.Benchmarks.Models;
using CustomerCrm.Benchmarks.Scale;
using CustomerCrm.Benchmarks.Tickets;

// dotnet run -c Release --project tests/CustomerCrm.Benchmarks [-- http [create|timeline|…]|growth|start|models|fairness|import [rows]|scale [customers]|tickets [tickets]|webhooks|kill [moves]]
// Every figure about speed is a ratio to the bare stack, taken in turns in the same run on the same machine.
if (args is ["bare", var url, var file]) return await BareServer.RunAsync(url, file);

var missed = 0;
await PartAsync("models", results => { FitBenchmark.Run(results); return Task.CompletedTask; });
await PartAsync("http", results => HttpBenchmark.RunAsync(results, only: args is ["http", var work] ? work : ""));
await PartAsync("growth", GrowthBenchmark.RunAsync);
await PartAsync("start", StartBenchmark.RunAsync);
await PartAsync("fairness", FairnessBenchmark.RunAsync);
await PartAsync("import", results => ImportBenchmark.RunAsync(results, args is ["import", var rows] ? int.Parse(rows, CultureInfo.InvariantCulture) : ImportBenchmark.AllRows));
await PartAsync("scale", results => args is ["scale", var customers] ? ScaleBenchmark.RunAsync(results, int.Parse(customers, CultureInfo.InvariantCulture)) : ScaleBenchmark.RunAsync(results));
await PartAsync("tickets", results => args is ["tickets", var tickets] ? TicketBenchmark.RunAsync(results, int.Parse(tickets, CultureInfo.InvariantCulture)) : TicketBenchmark.RunAsync(results));
await PartAsync("webhooks", WebhookBenchmark.RunAsync);
await PartAsync("kill", results => args is ["kill", "moves"] ? KilledMoves.RunAsync(results) : KillBenchmark.RunAsync(results));
return missed;

async Task PartAsync(string part, Func<Results, Task> run)
{
    if (args.Length > 0 && args[0] != part) return;
    var results = new Results(part);
    await run(results);
    if (args.Length < 2) results.Write();
    if (!results.AllReached) missed = 1;
}
