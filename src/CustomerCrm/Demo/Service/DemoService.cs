using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Access.Keys;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.People;
using CustomerCrm.Platform.Tenancy;
using CustomerCrm.Reports.Facts;
using CustomerCrm.Teams;
using CustomerCrm.Tickets;
using CustomerCrm.Users;

namespace CustomerCrm.Demo.Service;

/// <summary>Fills the demo's desk: what a shop sets up, four months of tickets as they would have been lived through, talks with its bot, and what customers said of them.</summary>
internal sealed class DemoService(DemoLoader loader, KeyScopes scopes)
{
    private static readonly (string Name, Role Role)[] people = [("Maya Lindqvist", Role.Agent), ("Jonas Weber", Role.Agent), ("Priya Raman", Role.Manager)];

    private static readonly int[] recommendations = [10, 9, 9, 8, 10, 7, 9, 10, 5, 8, 9, 6, 10, 9, 3];

    public async Task LoadAsync(string key, DateOnly today, CancellationToken ct)
    {
        var setup = new DemoSetup(loader, key);
        var team = await setup.PromisesAsync(ct);
        await setup.HelpAsync(ct);
        await setup.TextsAsync(ct);
        await setup.BotAsync(team, ct);
        var customers = await CustomersAsync(ct);
        var end = new DateTimeOffset(today, TimeOnly.MinValue, TimeSpan.Zero);
        var lives = new DemoLives(end, customers.Count).All;
        var (agents, lived) = await LiveAsync(key, lives, customers, Id<Team>.Parse(team), end, ct);
        await SayAsync(lives, lived, agents, customers, await setup.SurveysAsync(ct), today, ct);
    }

    private async Task<IReadOnlyList<DemoCustomer>> CustomersAsync(CancellationToken ct) =>
    [
        .. (await loader.GetAsync("/v1/customers?limit=100&sort=-cltv", ct)).GetProperty("data").EnumerateArray()
            .Select(one => new DemoCustomer(Id<Customer>.Parse(one.GetProperty("id").GetString()!), TextOf(one, "first_name") ?? "there", TextOf(one, "email"))),
    ];

    private async Task<(IReadOnlyList<DemoAgent>, IReadOnlyList<Ticket>)> LiveAsync(string key, IReadOnlyList<DemoLife> lives, IReadOnlyList<DemoCustomer> customers, Id<Team> team, DateTimeOffset end, CancellationToken ct)
    {
        var agents = await PeopleAsync(key, ct);
        foreach (var agent in agents) await loader.PutAsync($"/v1/teams/{team}/members/{agent.Id}", ct);
        var lived = new List<Ticket>();
        foreach (var (i, life) in lives.Index())
        {
            await using var scope = await ScopeAsync(key, ct);
            var desk = ActivatorUtilities.CreateInstance<DemoDesk>(scope.ServiceProvider);
            lived.Add(await desk.LiveAsync(life, $"T{i:0000}", customers[life.Customer], agents, team, ct));
        }
        for (var i = 0; i < DemoTalks.Count; i++)
        {
            await using var scope = await ScopeAsync(key, ct);
            await ActivatorUtilities.CreateInstance<DemoTalks>(scope.ServiceProvider).TalkAsync(i, customers[i % customers.Count].Id, end, ct);
        }
        await using var last = await ScopeAsync(key, ct);
        await last.ServiceProvider.GetRequiredService<JobQueue>().EnqueueOnceAsync(new RefreshFacts(), "demo", ct);
        return (agents, lived);
    }

    // Nobody signs in as them: their passwords are none.
    private async Task<IReadOnlyList<DemoAgent>> PeopleAsync(string key, CancellationToken ct)
    {
        var agents = new List<DemoAgent>();
        await using var scope = await ScopeAsync(key, ct);
        var (store, db, tenant) = (scope.ServiceProvider.GetRequiredService<PeopleStore>(), scope.ServiceProvider.GetRequiredService<TenantDb>(), scope.ServiceProvider.GetRequiredService<CurrentTenant>());
        await db.InTransactionAsync(async () =>
        {
            foreach (var (name, role) in people)
            {
                if (await db.FindAsync<Id<User>?>(UserOfName, new { Name = name }, ct) is { } known)
                {
                    agents.Add(new DemoAgent(known, name)); // of a start before this one
                    continue;
                }
                var email = $"{name.Split(' ')[0].ToLowerInvariant()}.{tenant.Id}@demo-coffee.example";
                agents.Add(new DemoAgent(new Id<User>(await store.JoinAsync(await store.FindAsync(email, ct) ?? await store.AddAsync(email, email, name, "-", ct), tenant.Id, role, ct)), name));
            }
        }, ct);
        return agents;
    }

    private async Task SayAsync(IReadOnlyList<DemoLife> lives, IReadOnlyList<Ticket> lived, IReadOnlyList<DemoAgent> agents, IReadOnlyList<DemoCustomer> customers, (string Csat, string Nps) surveys, DateOnly today, CancellationToken ct)
    {
        var end = new DateTimeOffset(today, TimeOnly.MinValue, TimeSpan.Zero);
        using var quiet = loader.Quietly();
        foreach (var (i, life) in lives.Index())
        {
            if (life.Satisfaction is not { } score) continue;
            var at = life.Steps[^1].At.AddHours(3);
            await loader.PostAsync("/v1/survey_responses", new
            {
                survey_id = surveys.Csat, customer_id = customers[life.Customer].Id.ToString(), answers = AnswersOf(score, life.Comment), channel = "email", about = new { kind = "ticket", id = lived[i].Id.ToString() },
                agent_id = agents[life.Agent].Id.ToString(), language = "en", answered_at = at < end ? at : end,
            }, ct, $"csat:{i}");
        }
        foreach (var (i, customer) in customers.Take(90).Index())
            await loader.PostAsync("/v1/survey_responses", new { survey_id = surveys.Nps, customer_id = customer.Id.ToString(), answers = AnswersOf(recommendations[i % recommendations.Length], null), channel = "email", language = "en", answered_at = end.AddDays(-1 - i) }, ct, $"nps:{i}");
    }

    private static Dictionary<string, object> AnswersOf(int score, string? comment) => comment is null ? new() { ["score"] = score } : new() { ["score"] = score, ["comment"] = comment };

    private async Task<AsyncServiceScope> ScopeAsync(string key, CancellationToken ct) => await scopes.OpenAsync(key, ct) ?? throw new InvalidOperationException("The demo's key is nobody's.");

    private static string? TextOf(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static readonly TenantSql UserOfName = TenantSql.Of("SELECT u.Id FROM Users u WHERE u.TenantId = @TenantId AND u.Name = @Name");
}
