using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.People;
using CustomerCrm.Tests.Access;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Sessions;

/// <summary>What is about time and about several processes, with a clock that can be stepped.</summary>
public class SessionLifeTests
{
    private AccessHost host = null!;
    private IssuedTokens ada = null!;

    [SetUp]
    public async Task StartAsync()
    {
        host = await AccessHost.StartAsync();
        ada = await host.SignInAsync(await host.NewAccountAsync(), "ada@example.com");
    }

    [TearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task An_access_token_lives_for_ten_minutes()
    {
        host.Clock.Step(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        var before = await StatusAsync(host, ada.Access);
        host.Clock.Step(TimeSpan.FromMilliseconds(1));
        var at = await StatusAsync(host, ada.Access);

        Assert.That((before, at), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.Unauthorized)));
    }

    [Test]
    public async Task A_session_that_is_used_lives_for_ninety_days_and_one_that_is_not_for_fourteen()
    {
        var (refresh, days) = (ada.Refresh, 0);
        for (; days < 200; days += 10)
        {
            var answer = await RefreshAsync(refresh);
            if (answer.StatusCode != HttpStatusCode.OK) break;
            refresh = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("refresh_token").GetString()!;
            host.Clock.Step(TimeSpan.FromDays(10));
        }
        var idle = await host.SignInAsync(await host.NewAccountAsync(), "grace@example.com");
        host.Clock.Step(TimeSpan.FromDays(14));

        Assert.That(days, Is.EqualTo(90));
        Assert.That((await RefreshAsync(idle.Refresh)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Another_process_refuses_an_ended_session_within_a_second()
    {
        await using var other = await AccessHost.StartAsync(sharing: host);
        Assert.That(await StatusAsync(other, ada.Access), Is.EqualTo(HttpStatusCode.OK));

        await host.With(ada.Access).DeleteAsync("/v1/sessions/current");
        var here = await StatusAsync(host, ada.Access);
        host.Clock.Step(TimeSpan.FromSeconds(1));
        var there = await StatusAsync(other, ada.Access);

        Assert.That((here, there), Is.EqualTo((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized)));
    }

    [Test]
    public async Task A_known_token_is_looked_up_once_a_second()
    {
        using var reads = new Counted(host, "crm.api_keys.reads");

        for (var i = 0; i < 10; i++) await StatusAsync(host, ada.Access);

        Assert.That(reads.Count, Is.EqualTo(1));
    }

    [Test]
    public async Task A_password_is_checked_also_for_nobody()
    {
        using var checks = new Counted(host, "crm.passwords.checks");

        await SignInAsync("nobody@example.com");
        var ofNobody = checks.Count;
        await SignInAsync("ada@example.com");

        Assert.That((ofNobody, checks.Count), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task Behind_the_limit_no_password_is_looked_at()
    {
        using var checks = new Counted(host, "crm.passwords.checks");
        for (var i = 0; i < 10; i++) await SignInAsync("ada@example.com");

        var right = await SignInAsync("ada@example.com", TestUser.Password);

        Assert.That(right.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(right.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(30)));
        Assert.That(checks.Count, Is.EqualTo(10));
    }

    [Test]
    public async Task What_has_run_out_is_forgotten_and_nothing_before()
    {
        host.Clock.Step(SessionTokens.SessionLife + TimeSpan.FromDays(30));
        await PruneAsync();
        var kept = await CountSessionsAsync();
        host.Clock.Step(TimeSpan.FromSeconds(1));
        await PruneAsync();

        Assert.That((kept, await CountSessionsAsync()), Is.EqualTo((1, 0)));
    }

    private Task PruneAsync() => new PrunePeopleJob(host.Services.GetRequiredService<Databases>(), host.Clock).RunAsync(new PrunePeople(), default);

    private async Task<int> CountSessionsAsync() => (await host.Services.GetRequiredService<SystemDb>().QueryAsync<int>(CountSessions, null, default))[0];

    private static async Task<HttpStatusCode> StatusAsync(AccessHost at, string token) => (await at.With(token).GetAsync("/v1/customers")).StatusCode;

    private Task<HttpResponseMessage> RefreshAsync(string token) => host.With(null).PostAsJsonAsync("/v1/sessions/refresh", new { refresh_token = token });

    private Task<HttpResponseMessage> SignInAsync(string email, string password = "a guess") => host.With(null).PostAsJsonAsync("/v1/sessions", new { email, password });

    private static readonly SystemSql CountSessions = SystemSql.Of("SELECT COUNT(*) FROM Sessions");

    /// <summary>What a counter of this host has counted.</summary>
    private sealed class Counted : IDisposable
    {
        private readonly MeterListener listener = new();
        private int count;

        public Counted(AccessHost host, string name)
        {
            var meters = host.Services.GetRequiredService<IMeterFactory>();
            listener.InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Name == name && ReferenceEquals(instrument.Meter.Scope, meters)) l.EnableMeasurementEvents(instrument);
            };
            listener.SetMeasurementEventCallback<long>((_, n, _, _) => Interlocked.Add(ref count, (int)n));
            listener.Start();
        }

        public int Count => count;

        public void Dispose() => listener.Dispose();
    }
}
