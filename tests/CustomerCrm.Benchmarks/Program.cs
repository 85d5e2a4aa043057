using CustomerCrm.Benchmarks;
using CustomerCrm.Benchmarks.Http;
using CustomerCrm.Benchmarks.Models;

// dotnet run -c Release --project tests/CustomerCrm.Benchmarks [-- http [create|timeline|…]|growth|start|models]
// Every figure about speed is a ratio to the bare stack, taken in turns in the same run on the same machine.
if (args is ["bare", var url, var file]) return await BareServer.RunAsync(url, file);

var results = new Results();
bool Wanted(string part) => args.Length == 0 || args.Contains(part);

if (Wanted("models")) FitBenchmark.Run(results);
if (Wanted("http")) await HttpBenchmark.RunAsync(results, only: args is ["http", var work] ? work : "");
if (Wanted("growth")) await GrowthBenchmark.RunAsync(results);
if (Wanted("start")) await StartBenchmark.RunAsync(results);

results.Write(isWhole: args.Length == 0);
return results.AllReached ? 0 : 1;
