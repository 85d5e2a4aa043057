using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Tenancy;
using CustomerCrm.Tests.Access;
using CustomerCrm.Tests.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Tests.Http;

/// <summary>A request that takes too long is given up, undone and told so.</summary>
public class TimeLimitTests
{
    private static readonly TenantSql rename = TenantSql.Of("UPDATE Tenants SET Name = 'Late' WHERE TenantId = @TenantId");
    private static readonly SystemSql names = SystemSql.Of("SELECT Name FROM Tenants WHERE Name = 'Late'");

    [Test]
    public async Task One_that_waits_too_long_for_its_turn_is_503_and_does_nothing()
    {
        await using var host = await AccessHost.StartAsync(settings: [("Requests:TimeLimit", "00:00:00.300")]);
        var http = host.With((await host.NewAccountAsync()).Live.Key);
        await http.GetAsync("/v1/api_keys");
        var (held, over) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var scope = host.Services.CreateAsyncScope();
        var other = scope.ServiceProvider.GetRequiredService<TenantDb>().InTransactionAsync(() =>
        {
            held.SetResult();
            return over.Task;
        }, default);
        await held.Task;

        var refused = await http.PostAsJsonAsync("/v1/api_keys", new { name = "Late", scopes = new[] { "customers:read" } });
        over.SetResult();
        await other;

        var problem = await Problem.OfAsync(refused);
        Assert.That((problem.Status, problem.Code), Is.EqualTo((HttpStatusCode.ServiceUnavailable, "request_timeout")));
        Assert.That(refused.Headers.RetryAfter, Is.Not.Null);
        Assert.That((await http.GetFromJsonAsync<JsonElement>("/v1/api_keys")).GetProperty("data").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task What_its_transaction_did_is_undone()
    {
        await using var temp = await TempDatabase.MigratedAsync();
        var tenant = new CurrentTenant();
        await using var db = new TenantDb(new Databases(temp.Engine), tenant);
        var account = await new TenantRegistry(db, new Databases(temp.Engine), TestApi.Clock).CreateAsync(
            new TenantProfile { Name = "Acme", TimeZone = "UTC", Currency = "EUR", Locale = "en", WeekStart = DayOfWeek.Monday, DiscountRate = 0.01 }, default);
        tenant.Set(account.Live.TenantId);
        var changed = 0;

        var refused = Assert.ThrowsAsync<ApiProblem>(() => LimitOf(http => db.InTransactionAsync(async () =>
        {
            changed = await db.ExecuteAsync(rename, null, http.RequestAborted);
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        }, http.RequestAborted), limit: TimeSpan.FromSeconds(2)).InvokeAsync(new DefaultHttpContext()));

        Assert.That((refused!.Code, changed), Is.EqualTo(("request_timeout", 1)));
        Assert.That(await temp.System.QueryAsync<string>(names, null, default), Is.Empty);
    }

    [Test]
    public void One_whose_caller_has_gone_is_not_late()
    {
        using var gone = new CancellationTokenSource();
        var http = new DefaultHttpContext { RequestAborted = gone.Token };

        Assert.ThrowsAsync<TaskCanceledException>(() => LimitOf(async context =>
        {
            await gone.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }, TimeSpan.FromMinutes(1)).InvokeAsync(http));
    }

    [Test]
    public async Task Long_routes_are_let_be_and_others_get_their_callers_token_back()
    {
        using var caller = new CancellationTokenSource();
        var (usual, slow) = (new DefaultHttpContext { RequestAborted = caller.Token }, new DefaultHttpContext { RequestAborted = caller.Token });
        slow.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(new LongMarker()), "slow"));
        var seen = new List<CancellationToken>();
        var limit = LimitOf(http =>
        {
            seen.Add(http.RequestAborted);
            return Task.CompletedTask;
        });

        await limit.InvokeAsync(usual);
        await limit.InvokeAsync(slow);

        Assert.That(seen[0], Is.Not.EqualTo(caller.Token));
        Assert.That((seen[1], usual.RequestAborted), Is.EqualTo((caller.Token, caller.Token)));
    }

    private static TimeLimitMiddleware LimitOf(RequestDelegate work, TimeSpan? limit = null) =>
        new(work, Options.Create(new RequestOptions { TimeLimit = limit ?? TimeSpan.FromMilliseconds(200) }), new Foreground(TimeProvider.System));
}
