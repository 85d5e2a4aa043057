using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Conversations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.People;
using CustomerCrm.Platform.Tenancy;
using CustomerCrm.Users;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace CustomerCrm.Tests.Slas;

/// <summary>The application with a clock that moves when a test says so: what is due on Monday takes no weekend. It begins on Tuesday, 15 January 2030, 9:00 UTC.</summary>
internal sealed class DeskHost : WebApplicationFactory<Program>
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"crm-desk-{Guid.NewGuid():N}.db");

    public ManualClock Clock { get; } = new();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Database:ConnectionString", $"Data Source={file}");
        builder.UseSetting("Jobs:Run", "false");
        builder.UseSetting("Demo:Seed", "false");
        builder.UseSetting("Signup:Mode", "open");
        builder.UseSetting("RateLimits:PerKey:Capacity", "0");
        builder.UseSetting("RateLimits:PerTenant:Capacity", "0");
        builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Error));
        builder.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock)));
    }

    public async Task<Desk> DeskAsync(string timeZone = "UTC")
    {
        await using var scope = Services.CreateAsyncScope();
        var account = await scope.ServiceProvider.GetRequiredService<TenantRegistry>().CreateAsync(
            new TenantProfile { Name = "Acme", TimeZone = timeZone, Currency = "EUR", Locale = "en", WeekStart = DayOfWeek.Monday, DiscountRate = 0.01 }, default);
        var client = CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", account.Live.Key);
        return new Desk(this, client, account.Live.TenantId);
    }

    /// <summary>Everyone's due jobs and all events, until there is nothing more to do now.</summary>
    public async Task RunAsync()
    {
        var (jobs, bus) = (Services.GetRequiredService<JobRunner>(), Services.GetRequiredService<Bus>());
        while (await jobs.RunDueAsync(default) + await bus.RunDueAsync(default) > 0) { }
    }

    /// <summary>Lets time pass a quarter of an hour at a time, so that jobs run about when they are due.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero; left -= TimeSpan.FromMinutes(15))
        {
            Clock.Advance(left < TimeSpan.FromMinutes(15) ? left : TimeSpan.FromMinutes(15));
            await RunAsync();
        }
    }

    /// <summary>On to the next Tuesday, 9:00 UTC: where every test begins whose host is its fixture's.</summary>
    public async Task NextTuesdayAsync()
    {
        var now = Clock.GetUtcNow();
        var next = new DateTimeOffset(now.Date.AddDays(((int)DayOfWeek.Tuesday - (int)now.DayOfWeek + 7) % 7).AddHours(9), TimeSpan.Zero);
        Clock.Advance((next < now ? next.AddDays(7) : next) - now);
        await RunAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (var left in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(file) + "*")) File.Delete(left);
    }
}

/// <summary>A tenant of a desk.</summary>
internal sealed class Desk(DeskHost host, HttpClient http, int tenantId)
{
    public HttpClient Http => http;

    public async Task<JsonElement> PostAsync(string path, object body) => await TestTenant.ReadAsync<JsonElement>(await http.PostAsJsonAsync(path, body));

    public async Task<JsonElement> PatchAsync(string path, object body) => await TestTenant.ReadAsync<JsonElement>(await http.PatchAsJsonAsync(path, body));

    public async Task<JsonElement> PutAsync(string path, object body) => await TestTenant.ReadAsync<JsonElement>(await http.PutAsJsonAsync(path, body));

    public async Task<JsonElement> GetAsync(string path) => await TestTenant.ReadAsync<JsonElement>(await http.GetAsync(path));

    public async Task<JsonElement[]> ListAsync(string path) => [.. (await GetAsync(path)).GetProperty("data").EnumerateArray()];

    public async Task<string> CustomerAsync(string? language = null) => Id(await PostAsync("/v1/customers", new { name = "Ada", email = $"{Guid.NewGuid():N}@example.com", language }));

    /// <summary>A ticket that begins with what the customer wrote.</summary>
    public async Task<string> TicketAsync(string? customer = null, string priority = "normal", string subject = "Where is it?", string text = "It has not come.", string channel = "email", string? team = null) =>
        Id(await PostAsync("/v1/tickets", new { customer_id = customer ?? await CustomerAsync(), subject, priority, channel, team_id = team, message = new { text } }));

    public Task<JsonElement> ReplyAsync(string ticket, object? change = null) => PostAsync($"/v1/tickets/{ticket}/replies", new { text = "We look into it.", change });

    /// <summary>The customer writes on.</summary>
    public async Task HearAsync(string ticket, bool isAutomatic = false, string? from = null, bool isBulk = false)
    {
        var conversation = (await GetAsync($"/v1/tickets/{ticket}")).GetProperty("conversation_id").GetString();
        await host.WithScopeAsync(tenantId, services => services.GetRequiredService<ConversationWriter>().AppendAsync(
            Id<Conversation>.Parse(conversation!),
            new NewEntry { Author = EntryAuthor.Customer, Text = "And now?", IsAutomatic = isAutomatic, IsBulk = isBulk, From = from }, default));
    }

    /// <summary>A calendar of the working week, which is the default.</summary>
    public async Task<string> OfficeAsync(string timeZone = "UTC", string from = "09:00", string to = "17:00", bool isDefault = true, string name = "Office") => Id(await PostAsync("/v1/business_calendars", new
    {
        name, time_zone = timeZone, is_default = isDefault, hours = new[] { "monday", "tuesday", "wednesday", "thursday", "friday" }.Select(day => new { day, from, to }),
    }));

    public async Task<string> SlaAsync(object? definition = null, string name = "All", int position = 100) => Id(await PostAsync("/v1/slas", new { name, position, definition = definition ?? Simple() }));

    public static object Simple(int first = 60, int next = 120, int resolution = 480) =>
        new { targets = new { normal = new { first_response_minutes = first, next_response_minutes = next, resolution_minutes = resolution }, urgent = new { first_response_minutes = first / 2, resolution_minutes = resolution / 2 } } };

    /// <summary>A person of the tenant.</summary>
    public async Task<string> UserAsync(Role role = Role.Agent, string name = "Ada Lovelace")
    {
        var id = Guid.Empty;
        await host.WithScopeAsync(tenantId, async services =>
        {
            var people = services.GetRequiredService<PeopleStore>();
            await services.GetRequiredService<TenantDb>().InTransactionAsync(async () =>
            {
                var email = $"{Guid.NewGuid():N}@example.com";
                id = await people.JoinAsync(await people.AddAsync(email, email, name, "-", default), tenantId, role, default);
            }, default);
        });
        return new Id<User>(id).ToString();
    }

    /// <summary>What was sent to an address, the latest first.</summary>
    public Task<JsonElement[]> MailboxAsync(string address) => ListAsync($"/v1/dev/mailbox?to={Uri.EscapeDataString(address)}");

    public async Task<string> EmailOfAsync(string user) => (await GetAsync($"/v1/users/{user}")).GetProperty("email").GetString()!;

    /// <summary>Somebody who is online and takes tickets.</summary>
    public async Task<string> AgentAsync(int capacity = 3, string[]? skills = null, object[]? channels = null, string? team = null, string? calendar = null, string name = "Ada Lovelace", string presence = "online")
    {
        var user = await UserAsync(name: name);
        await PutAsync($"/v1/agents/{user}", new { capacity, skills = skills ?? [], channels = channels ?? [], calendar_id = calendar });
        if (presence != "offline") await PutAsync($"/v1/agents/{user}/presence", new { presence });
        if (team is not null) (await http.PutAsync($"/v1/teams/{team}/members/{user}", null)).EnsureSuccessStatusCode();
        return user;
    }

    public async Task<string> TeamAsync(string name = "Support") => Id(await PostAsync("/v1/teams", new { name }));

    /// <summary>A clock of a ticket as it is explained: the last of its promise.</summary>
    public async Task<JsonElement> ClockAsync(string ticket, string promise) => (await GetAsync($"/v1/tickets/{ticket}/sla")).GetProperty("clocks").EnumerateArray().Last(c => c.GetProperty("promise").GetString() == promise);

    public async Task<string[]> EventsAsync(string type) => [.. (await ListAsync("/v1/events?limit=100")).Where(e => e.GetProperty("type").GetString() == type).Select(e => e.GetProperty("data").GetRawText())];

    public Task InScopeAsync(Func<IServiceProvider, Task> work) => host.WithScopeAsync(tenantId, work);

    public Task ExecuteAsync(TenantSql sql) => InScopeAsync(services => services.GetRequiredService<TenantDb>().ExecuteAsync(sql, null, default));

    public static string Id(JsonElement resource) => resource.GetProperty("id").GetString()!;
}

internal static class DeskScopes
{
    public static async Task WithScopeAsync(this DeskHost host, int tenantId, Func<IServiceProvider, Task> work)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(tenantId);
        await work(scope.ServiceProvider);
    }
}
