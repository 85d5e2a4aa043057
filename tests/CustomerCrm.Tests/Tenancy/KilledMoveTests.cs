using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.Tenancy.Moving;
using CustomerCrm.Tests.Platform;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CustomerCrm.Tests.Tenancy;

/// <summary>
/// The move is killed (kill -9) at random, and the program with it, while clients write. At the end the tenant is in one place, whole and once.
/// <c>-- kill</c> of the benchmarks does so for many more rounds.
/// </summary>
public class KilledMoveTests
{
    private const int Writers = 3, Tenant = 1; // the live data of the first account
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("crm-killed-move-");
    private readonly ConcurrentDictionary<string, string> acknowledged = new();
    private RunningProgram program = null!;
    private string key = "";

    private string MainFile => Path.Combine(folder.FullName, "main.db");
    private string EuFile => Path.Combine(folder.FullName, "eu.db");
    private string[] Settings => ["--Database:More:eu", $"Data Source={EuFile}", "--Tenants:PlaceIn", "main", "--Jobs:Lease", "00:00:05"];

    [SetUp]
    public async Task StartAsync()
    {
        program = await RunningProgram.StartAsync(MainFile, Settings);
        using var client = program.Client();
        var account = await (await client.PostAsJsonAsync("/v1/tenants", new { name = "Acme" })).Content.ReadFromJsonAsync<JsonElement>();
        key = account.GetProperty("live").GetProperty("key").GetString()!;
    }

    [TearDown]
    public void Stop()
    {
        program.Dispose();
        folder.Delete(recursive: true);
    }

    [Test]
    public async Task Wherever_it_is_killed_the_tenant_ends_in_one_place_with_nothing_lost_and_nothing_doubled()
    {
        using var done = new CancellationTokenSource();
        var writing = Enumerable.Range(0, Writers).Select(writer => WriteUntilAsync(writer, done.Token)).ToArray();
        while (acknowledged.Count < 200) await Task.Delay(10, CancellationToken.None);

        // Before anything is said, while it copies, while it is held, while it compares.
        for (var lines = 0; lines < 4; lines++) await KillMoveAsync(lines, alsoTheProgram: lines == 2, "--to", "eu");
        Assert.That(await MoveAsync("--to", "eu"), Is.Zero);
        for (var before = acknowledged.Count; acknowledged.Count == before;) await Task.Delay(10, CancellationToken.None); // it may write again
        await KillMoveAsync(0, alsoTheProgram: false, "--forget");
        Assert.That(await MoveAsync("--forget"), Is.Zero);
        await done.CancelAsync();
        await Task.WhenAll(writing);

        using var client = program.Client(key);
        Assert.That(await EveryAsync(client, "/v1/customers", "cursor", row => row.GetProperty("id").GetString()!), Is.EquivalentTo(acknowledged.Values));
        var created = (await EveryAsync(client, "/v1/events", "after", row => $"{row.GetProperty("type").GetString()} {row.GetProperty("data").GetProperty("id").GetString()}")).Where(e => e.StartsWith("customer.created ", StringComparison.Ordinal));
        Assert.That(created, Is.EquivalentTo(acknowledged.Values.Select(id => $"customer.created {id}")));
        foreach (var (name, id) in acknowledged.OrderBy(one => one.Value, StringComparer.Ordinal).Where((_, i) => i == 0 || i == acknowledged.Count - 1))
        {
            using var repeat = await client.SendAsync(Create(name));
            Assert.That((repeat.Headers.Contains("Idempotent-Replayed"), (await repeat.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()), Is.EqualTo((true, id)));
        }
        Assert.That(LeftIn(MainFile), Is.Empty);
        Assert.That((Broken(MainFile), Broken(EuFile)), Is.EqualTo((0, 0)));
    }

    // Killed somewhere between this line of what it says and the next; or at its end, on a quick machine.
    private async Task KillMoveAsync(int lines, bool alsoTheProgram, params string[] how)
    {
        using var move = Mover(how);
        for (var said = 0; said < lines && await move.StandardOutput.ReadLineAsync() is not null; said++) { }
        await Task.Delay(Random.Shared.Next(lines == 0 ? 2500 : 1200));
        move.Kill();
        await move.WaitForExitAsync();
        if (!alsoTheProgram) return;
        program.Kill();
        program.Dispose();
        program = await RunningProgram.StartAsync(MainFile, Settings);
    }

    private async Task<int> MoveAsync(params string[] how)
    {
        using var move = Mover(how);
        await move.StandardOutput.ReadToEndAsync();
        await move.WaitForExitAsync();
        return move.ExitCode;
    }

    private Process Mover(string[] how) => RunningProgram.Start(MainFile, [MoveTenantCommand.Name, $"{Tenant}", .. how, "--Logging:LogLevel:Default", "None", .. Settings]);

    // As a shop does: the same request with the same key until it is answered, whoever answers.
    private async Task WriteUntilAsync(int writer, CancellationToken done)
    {
        for (var n = 0; !done.IsCancellationRequested; n++)
        {
            var name = $"w{writer}-{n}";
            while (!acknowledged.ContainsKey(name))
            {
                try
                {
                    using var client = program.Client(key);
                    using var answer = await client.SendAsync(Create(name), CancellationToken.None);
                    if (answer.StatusCode == HttpStatusCode.Created) acknowledged[name] = (await answer.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None)).GetProperty("id").GetString()!;
                    else await Task.Delay(50, CancellationToken.None); // held
                }
                catch (Exception e) when (e is HttpRequestException or IOException)
                {
                    await Task.Delay(50, CancellationToken.None); // killed
                }
            }
            await Task.Delay(5, CancellationToken.None); // the move, too, wants the processor
        }
    }

    private static HttpRequestMessage Create(string name) => new(HttpMethod.Post, "/v1/customers")
    {
        Content = JsonContent.Create(new { name, email = $"{name}@example.com" }),
        Headers = { { "Idempotency-Key", name } },
    };

    private static async Task<List<string>> EveryAsync(HttpClient client, string path, string place, Func<JsonElement, string> read)
    {
        var all = new List<string>();
        for (string? cursor = null; ;)
        {
            var page = await client.GetFromJsonAsync<JsonElement>($"{path}?limit=100{(cursor is null ? "" : $"&{place}={cursor}")}");
            all.AddRange(page.GetProperty("data").EnumerateArray().Select(read));
            if (!page.GetProperty("has_more").GetBoolean()) return all;
            cursor = page.GetProperty("next_cursor").GetString();
        }
    }

    /// <summary>Tables that have something of the tenant, but the map of who lives where.</summary>
    private static List<string> LeftIn(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        var tables = connection.Query<string>("SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'TenantId' WHERE m.type = 'table' AND m.name <> 'TenantPlaces'").AsList();
#pragma warning disable CA2100 // Names of the schema.
        return [.. tables.Where(table => connection.ExecuteScalar<int>($"SELECT COUNT(*) FROM {table} WHERE TenantId = {Tenant}") > 0)];
#pragma warning restore CA2100
    }

    private static int Broken(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        return connection.Query("PRAGMA foreign_key_check").Count() + (connection.ExecuteScalar<string>("PRAGMA integrity_check") == "ok" ? 0 : 1);
    }
}
