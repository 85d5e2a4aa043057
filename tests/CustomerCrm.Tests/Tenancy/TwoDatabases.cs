using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.People;
using CustomerCrm.Platform.Tenancy;
using Dapper;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerCrm.Tests.Tenancy;

/// <summary>The real application over two SQLite files, <c>main</c> and <c>eu</c>.</summary>
internal sealed class TwoDatabases : WebApplicationFactory<Program>
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("crm-two-");

    public string MainFile => Path.Combine(folder.FullName, "main.db");
    public string EuFile => Path.Combine(folder.FullName, "eu.db");

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Database:Engine", "Sqlite");
        builder.UseSetting("Database:ConnectionString", $"Data Source={MainFile}");
        builder.UseSetting("Database:More:eu", $"Data Source={EuFile}");
        builder.UseSetting("Jobs:Run", "false");
        builder.UseSetting("Demo:Seed", "false");
        builder.UseSetting("Signup:Mode", "open");
        builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Error));
    }

    /// <summary>Two tenants, the first in <c>main</c> and the second in <c>eu</c>: each new one goes where the fewest are.</summary>
    public async Task<(NewAccount Main, NewAccount Eu)> TenantsAsync() => (await NewAsync("Acme"), await NewAsync("Bravo"));

    public async Task<NewAccount> NewAsync(string name)
    {
        await using var scope = Services.CreateAsyncScope();
        var profile = new TenantProfile { Name = name, TimeZone = "UTC", Currency = "EUR", Locale = "en", WeekStart = DayOfWeek.Monday, DiscountRate = 0.01 };
        return await scope.ServiceProvider.GetRequiredService<TenantRegistry>().CreateAsync(profile, default);
    }

    /// <summary>One person who works for both.</summary>
    public async Task<string> PersonOfAsync(params IEnumerable<NewAccount> accounts)
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        await using var scope = Services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<PeopleStore>();
        var person = await people.AddAsync(email, email, "Ada Lovelace", await TestUser.PasswordHashAsync(), default);
        foreach (var account in accounts) await people.JoinAsync(person, account.Live.TenantId, Role.Owner, default);
        return email;
    }

    public HttpClient Client(string? key = null)
    {
        var client = CreateClient();
        if (key is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    public async Task RunJobsAsync()
    {
        var (jobs, bus) = (Services.GetRequiredService<JobRunner>(), Services.GetRequiredService<Bus>());
        while (await jobs.RunDueAsync(default) + await bus.RunDueAsync(default) > 0) { }
    }

    public static async Task<JsonElement> CreateAsync(HttpClient client, string path, object body) =>
        await TestTenant.ReadAsync<JsonElement>(await client.PostAsJsonAsync(path, body, StrictJson.Options));

    public static int Count(string file, string table, int tenantId)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
#pragma warning disable CA2100 // A table that a test names.
        return connection.ExecuteScalar<int>($"SELECT COUNT(*) FROM {table} WHERE TenantId = @tenantId", new { tenantId });
#pragma warning restore CA2100
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
