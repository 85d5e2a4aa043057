using System.Diagnostics;
using CustomerCrm.Benchmarks.Http;
using CustomerCrm.Platform.Tenancy.Moving;

namespace CustomerCrm.Benchmarks.Kill;

/// <summary>
/// A tenant is moved to and fro between two files while clients write, and what moves it is killed (kill -9) at random, every other time the program
/// with it. Each time the move is then asked for again, and what it left behind is taken away, which is killed too.
/// </summary>
internal static class KilledMoves
{
    private const int Rounds = 6, Writers = 3, Desks = 2, Tenant = 1; // the live data of the first account

    // A move takes some seconds: it begins, copies, waits until every process knows, compares, switches.
    private const int LongestMove = 7000, LongestForgetting = 2500;

    public static async Task RunAsync(Results results)
    {
        var folder = Directory.CreateTempSubdirectory("crm-kill-moves-");
        var (main, eu) = (Path.Combine(folder.FullName, "main.db"), Path.Combine(folder.FullName, "eu.db"));
        string[] settings = ["--Jobs:Lease", "00:00:05", "--Database:More:eu", $"Data Source={eu}", "--Tenants:PlaceIn", "main"];
        var key = await KillBenchmark.PrepareAsync(main, settings);
        var writers = Enumerable.Range(0, Writers).Select(w => new KillWriter(w)).ToArray();
        var desks = Enumerable.Range(0, Desks).Select(d => new KillDesk(d)).ToArray();
        KillClient[] clients = [.. writers, .. desks];
        var (cut, refused, homeFile) = (0, 0, Rounds % 2 == 0 ? main : eu);

        for (var round = 0; round < Rounds; round++)
        {
            string[] to = ["--to", round % 2 == 0 ? "eu" : "main"];
            var (program, work) = await WriteAsync();
            try
            {
                if (await KillAsync(LongestMove, to)) cut++;
                if (round % 2 == 1)
                {
                    await EndAsync(program, work);
                    (program, work) = await WriteAsync();
                }
                if (!await FinishAsync(to)) refused++;
                if (await KillAsync(LongestForgetting, "--forget")) cut++;
                if (!await FinishAsync("--forget")) refused++;
            }
            finally
            {
                await EndAsync(program, work);
            }
            Console.WriteLine($"move {round + 1}: {writers.Sum(w => w.Customers.Count):N0} customers, {writers.Sum(w => w.Orders.Count):N0} orders, {desks.Sum(d => d.Tickets.Count):N0} tickets acknowledged so far, {cut} commands cut off");
        }

        using (var program = await ServerProcess.ProductAsync(main, settings))
        {
            foreach (var client in clients) await client.RepeatAsync(program, key);
            await KillBenchmark.SettleAsync(homeFile);
        }
        var (home, left) = (new KillAudit(homeFile, results), new KillAudit(homeFile == main ? eu : main, results));
        results.Add("moves of a tenant killed while clients write", $"{cut} of {2 * Rounds} commands cut off before their end; {refused} that were run again ended otherwise than done", $"{Rounds}", "all end", refused == 0);
        home.ReportClients(writers, desks, ", of a tenant that is moved");
        results.Add("tables with rows of the tenant where it does not live", string.Join(", ", left.TablesWith(Tenant)), $"{left.TablesWith(Tenant).Count}", "0", left.TablesWith(Tenant).Count == 0);
        results.Add("both files whole, every row points to one that is there", "", home.IsSound() && left.IsSound() ? "yes" : "no", "yes", home.IsSound() && left.IsSound());
        folder.Delete(recursive: true);

        async Task<(ServerProcess, Task[])> WriteAsync()
        {
            var program = await ServerProcess.ProductAsync(main, settings);
            return (program, [.. clients.Select(client => client.WriteUntilKilledAsync(program, key))]);
        }

        async Task<bool> KillAsync(int longest, params string[] how)
        {
            using var move = Move(how);
            using var enough = new CancellationTokenSource(Random.Shared.Next(longest));
            await move.WaitForExitAsync(enough.Token).ContinueWith(static _ => { }, TaskScheduler.Default); // it may be done before
            var isCut = !move.HasExited;
            move.Kill();
            await move.WaitForExitAsync();
            return isCut;
        }

        async Task<bool> FinishAsync(params string[] how)
        {
            using var move = Move(how);
            var said = await move.StandardOutput.ReadToEndAsync();
            await move.WaitForExitAsync();
            if (move.ExitCode != 0) Console.WriteLine($"{string.Join(' ', how)} ended with {move.ExitCode}: {said}");
            return move.ExitCode == 0;
        }

        Process Move(string[] how) => ServerProcess.Command(main, [MoveTenantCommand.Name, $"{Tenant}", .. how, .. settings]);
    }

    private static async Task EndAsync(ServerProcess program, Task[] work)
    {
        program.Kill();
        await Task.WhenAll(work);
        program.Dispose();
    }
}
