using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Schedule;
using CustomerCrm.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Tenancy;

/// <summary>Tenants spread over databases: each is whole in its own, and nobody can tell.</summary>
public class SeveralDatabasesTests
{
    private readonly TwoDatabases both = new();

    [TearDown]
    public async Task StopAsync() => await both.DisposeAsync();

    [Test]
    public async Task New_tenants_go_where_the_fewest_are_and_each_is_whole_there()
    {
        var (main, eu) = await both.TenantsAsync();
        foreach (var account in new[] { main, eu }) await TwoDatabases.CreateAsync(both.Client(account.Live.Key), "/v1/customers", new { name = "Ana", email = "ana@example.com" });

        foreach (var table in new[] { "Tenants", "ApiKeys", "EventHeads", "Customers", "Events" })
        {
            Assert.That((TwoDatabases.Count(both.MainFile, table, main.Live.TenantId), TwoDatabases.Count(both.EuFile, table, main.Live.TenantId)), Is.EqualTo((1, 0)), table);
            Assert.That((TwoDatabases.Count(both.MainFile, table, eu.Live.TenantId), TwoDatabases.Count(both.EuFile, table, eu.Live.TenantId)), Is.EqualTo((0, 1)), table);
        }
    }

    [Test]
    public async Task Two_hundred_requests_of_tenants_in_both_never_mix()
    {
        var (main, eu) = await both.TenantsAsync();
        var clients = new[] { both.Client(main.Live.Key), both.Client(eu.Live.Key) };

        var mixed = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            var (mine, name) = (clients[i % 2], i % 2 == 0 ? "main" : "eu");
            var id = (await TwoDatabases.CreateAsync(mine, "/v1/customers", new { name = $"{name} {i}" })).GetProperty("id").GetString();
            var shown = await mine.GetFromJsonAsync<JsonElement>($"/v1/customers/{id}");
            var foreign = await clients[(i + 1) % 2].GetAsync($"/v1/customers/{id}");
            return (foreign.StatusCode == HttpStatusCode.NotFound ? 0 : 1) + (shown.GetProperty("name").GetString() == $"{name} {i}" ? 0 : 1);
        }));

        Assert.That(mixed.Sum(), Is.Zero);
        Assert.That(TwoDatabases.Count(both.MainFile, "Customers", main.Live.TenantId), Is.EqualTo(100));
        Assert.That(TwoDatabases.Count(both.EuFile, "Customers", eu.Live.TenantId), Is.EqualTo(100));
    }

    [Test]
    public async Task Jobs_and_readers_of_events_do_their_work_in_both()
    {
        var (main, eu) = await both.TenantsAsync();
        foreach (var account in new[] { main, eu })
        {
            using var client = both.Client(account.Live.Key);
            await TwoDatabases.CreateAsync(client, "/v1/customers", new { name = "Ana Maria" });
            await TwoDatabases.CreateAsync(client, "/v1/exports", new { list = "customers" });
        }

        await both.RunJobsAsync();

        foreach (var account in new[] { main, eu })
        {
            using var client = both.Client(account.Live.Key);
            var found = await client.GetFromJsonAsync<JsonElement>("/v1/search?q=maria");
            var exports = await client.GetFromJsonAsync<JsonElement>("/v1/exports");
            Assert.That(found.GetProperty("data").GetArrayLength(), Is.EqualTo(1));
            Assert.That(exports.GetProperty("data")[0].GetProperty("status").GetString(), Is.EqualTo("finished"));
        }
    }

    [Test]
    public async Task What_is_due_by_the_schedule_is_queued_for_tenants_in_both()
    {
        var (main, eu) = await both.TenantsAsync();
        var ticker = both.Services.GetRequiredService<Ticker>();
        await ticker.TickAsync(default); // begins to remember

        foreach (var database in both.Services.GetRequiredService<Databases>().All)
            await database.System.ExecuteAsync(longAgo, null, default);
        await ticker.TickAsync(ticker.Schedule.Single(r => r.Name == "purge_bin"), default);

        Assert.That(TwoDatabases.Count(both.MainFile, "Jobs", main.Live.TenantId), Is.EqualTo(1));
        Assert.That(TwoDatabases.Count(both.EuFile, "Jobs", eu.Live.TenantId), Is.EqualTo(1));
        Assert.That(TwoDatabases.Count(both.EuFile, "Jobs", 0), Is.Zero);
    }

    [Test]
    public async Task A_key_revoked_in_either_is_refused_at_once()
    {
        var (main, eu) = await both.TenantsAsync();
        foreach (var account in new[] { main, eu })
        {
            using var client = both.Client(account.Live.Key);
            var second = await TwoDatabases.CreateAsync(client, "/v1/api_keys", new { name = "Second", scopes = new[] { "customers:read" } });
            using var other = both.Client(second.GetProperty("key").GetString());

            var before = await other.GetAsync("/v1/customers");
            await client.DeleteAsync($"/v1/api_keys/{second.GetProperty("id").GetString()}");
            var after = await other.GetAsync("/v1/customers");

            Assert.That((before.StatusCode, after.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.Unauthorized)));
        }
    }

    [Test]
    public async Task A_person_signs_in_to_tenants_in_both_and_a_new_password_ends_all_their_sessions()
    {
        var (main, eu) = await both.TenantsAsync();
        var email = await both.PersonOfAsync(main, eu);
        var (inMain, inEu) = (await SignInAsync(email, main), await SignInAsync(email, eu));

        using var client = both.Client(inEu.GetProperty("access_token").GetString());
        await TestTenant.ReadAsync<JsonElement>(await client.PatchAsJsonAsync("/v1/me", new { name = "Ada King" }));
        var refreshed = await TwoDatabases.CreateAsync(both.Client(), "/v1/sessions/refresh", new { refresh_token = inMain.GetProperty("refresh_token").GetString() });
        using var other = both.Client(refreshed.GetProperty("access_token").GetString());
        var users = await other.GetFromJsonAsync<JsonElement>("/v1/users");
        var totp = await client.PostAsJsonAsync("/v1/me/totp", new { password = TestUser.Password });
        var changed = await client.PostAsJsonAsync("/v1/me/password", new { current_password = TestUser.Password, new_password = "four deaf herons in Graz" });

        Assert.That(users.GetProperty("data")[0].GetProperty("name").GetString(), Is.EqualTo("Ada King"));
        Assert.That((totp.StatusCode, changed.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.NoContent)));
        Assert.That((await client.GetAsync("/v1/me")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await other.GetAsync("/v1/me")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(TwoDatabases.Count(both.EuFile, "Letters", eu.Live.TenantId), Is.EqualTo(1));
    }

    [Test]
    public async Task Somebody_invited_to_the_second_database_becomes_a_person_in_the_first()
    {
        var (_, eu) = await both.TenantsAsync();
        var owner = await SignInAsync(await both.PersonOfAsync(eu), eu);
        await TwoDatabases.CreateAsync(both.Client(owner.GetProperty("access_token").GetString()), "/v1/invitations", new { email = "new@example.com", role = "agent" });
        await both.RunJobsAsync();
        var letters = await both.Client().GetFromJsonAsync<JsonElement>("/v1/dev/mailbox?to=new@example.com");
        var token = System.Text.RegularExpressions.Regex.Match(letters.GetProperty("data")[0].GetProperty("text").GetString()!, "crm_[a-z]+_[0-9A-Za-z]{36}").Value;

        await TwoDatabases.CreateAsync(both.Client(token), "/v1/invitations/mine/acceptance", new { name = "Bob", password = TestUser.Password });
        var signedIn = await SignInAsync("new@example.com", eu);

        Assert.That(signedIn.GetProperty("role").GetString(), Is.EqualTo("agent"));
    }

    [Test]
    public async Task What_an_undone_sign_up_left_behind_is_nobody_and_in_nobodys_way()
    {
        await both.NewAsync("Acme"); // in main, so that the next goes to eu
        NewAccount? undone = null;
        await using (var scope = both.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<TenantDb>();
            var profile = new TenantProfile { Name = "Lost", TimeZone = "UTC", Currency = "EUR", Locale = "en", WeekStart = DayOfWeek.Monday, DiscountRate = 0.01 };
            Assert.ThrowsAsync<InvalidOperationException>(() => db.InTransactionAsync(async () =>
            {
                undone = await scope.ServiceProvider.GetRequiredService<TenantRegistry>().CreateAsync(profile, default);
                throw new InvalidOperationException("Undone.");
            }, default));
        }
        var next = await both.NewAsync("Next");
        using var restarted = both.Client(next.Live.Key);

        var answer = await both.Client(undone!.Live.Key).GetAsync("/v1/tenant");

        Assert.That(TwoDatabases.Count(both.EuFile, "Tenants", undone.Live.TenantId), Is.EqualTo(1), "It was committed before.");
        Assert.That(next.Live.TenantId, Is.Not.EqualTo(undone.Live.TenantId));
        Assert.That((await restarted.GetAsync("/v1/tenant")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await LivesAsync(undone.Live.TenantId), Is.False);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task A_process_that_never_heard_of_a_tenant_finds_where_it_lives()
    {
        var (_, eu) = await both.TenantsAsync();
        await using var main = Database.For("Sqlite", $"Data Source={both.MainFile}");
        await using var second = Database.For("Sqlite", $"Data Source={both.EuFile}", place: "eu");
        var tenant = new CurrentTenant();
        await using var db = new TenantDb(new Databases(main, [second]), tenant);
        tenant.Set(eu.Live.TenantId);

        Assert.That(await db.QueryAsync<string>(ownName, null, default), Is.EqualTo(new[] { "Bravo" }));
        Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            var nobody = new CurrentTenant();
            nobody.Set(4711);
            await using var astray = new TenantDb(new Databases(main, [second]), nobody);
            await astray.QueryAsync<string>(ownName, null, default);
        });
    }

    [Test]
    public async Task Without_a_database_that_tenants_live_in_the_program_does_not_start()
    {
        await both.TenantsAsync();
        await using var main = Database.For("Sqlite", $"Data Source={both.MainFile}");
        await using var wrong = Database.For("Sqlite", $"Data Source={both.MainFile}.other", place: "eu");

        var unnamed = Assert.ThrowsAsync<TenantsAwayException>(() => new Databases(main).MigrateAsync(typeof(Program).Assembly, TestApi.Clock, default));
        var empty = Assert.ThrowsAsync<TenantsAwayException>(() => new Databases(main, [wrong]).MigrateAsync(typeof(Program).Assembly, TestApi.Clock, default));

        Assert.That(unnamed!.Message, Does.Contain("Database:More:eu"));
        Assert.That(empty!.Message, Does.Contain("lives in the database 'eu'"));
    }

    [Test]
    public async Task A_backup_is_a_file_of_each()
    {
        var (main, eu) = await both.TenantsAsync();
        var (file, said) = (Path.Combine(Path.GetDirectoryName(both.MainFile)!, "copy.db"), new StringWriter());

        var code = await BackupCommand.RunAsync(both.Services.GetRequiredService<Databases>(), new("backup", file), said, said, default);

        Assert.That(code, Is.Zero, said.ToString());
        Assert.That((TwoDatabases.Count(file, "Tenants", main.Live.TenantId), TwoDatabases.Count(file, "TenantPlaces", eu.Live.TenantId)), Is.EqualTo((1, 1)));
        Assert.That(TwoDatabases.Count(Path.ChangeExtension(file, "eu.db"), "Tenants", eu.Live.TenantId), Is.EqualTo(1));
    }

    [Test]
    public void Names_and_files_are_each_one_databases_own()
    {
        static Database Of(string file, string place) => Database.For("Sqlite", $"Data Source={file}", place: place);

        Assert.That(() => new Databases(Of("a.db", "main"), [Of("b.db", "main")]), Throws.ArgumentException);
        Assert.That(() => new Databases(Of("a.db", "main"), [Of("./a.db", "eu")]), Throws.ArgumentException);
        Assert.That(() => new Databases(Of("a.db", "main"), [Of("b.db", "eu")], placeIn: "us"), Throws.ArgumentException);
    }

    private async Task<bool> LivesAsync(int tenantId)
    {
        var databases = both.Services.GetRequiredService<Databases>();
        return await databases.HasAsync(databases.All[1], tenantId, default);
    }

    private async Task<JsonElement> SignInAsync(string email, NewAccount account) => await TwoDatabases.CreateAsync(both.Client(), "/v1/sessions", new
    {
        email, TestUser.Password, TenantId = new Id<CustomerCrm.Tenant.TenantAccount>(account.AccountId),
    });

    private static readonly TenantSql ownName = TenantSql.Of("SELECT t.Name FROM Tenants t WHERE t.TenantId = @TenantId");
    private static readonly SystemSql longAgo = SystemSql.Of("UPDATE ScheduledRuns SET LastDueAt = '2020-01-01 00:00:00'");
}
