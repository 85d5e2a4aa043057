using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.Access.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Access;

/// <summary>A key from its making to its end, with a clock that can be stepped.</summary>
public class KeyLifeTests
{
    private AccessHost host = null!;

    [SetUp]
    public async Task StartAsync() => host = await AccessHost.StartAsync();

    [TearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task Garbage_costs_no_look_in_the_database_and_an_unknown_key_one_a_second()
    {
        using var reads = new Reads(host);
        var unknown = ApiKeyText.Make(ApiKeyKind.Live);
        var mistyped = unknown[..^1] + (unknown[^1] == 'a' ? 'b' : 'a');

        for (var i = 0; i < 10; i++) await StatusAsync(mistyped);
        var ofGarbage = reads.Count;
        for (var i = 0; i < 10; i++) await StatusAsync(unknown);
        var ofUnknown = reads.Count;
        host.Clock.Step(TimeSpan.FromSeconds(1));
        await StatusAsync(unknown);

        Assert.That((ofGarbage, ofUnknown, reads.Count), Is.EqualTo((0, 1, 2)));
    }

    [Test]
    public async Task A_known_key_is_looked_up_once_a_second()
    {
        var acme = await host.NewAccountAsync();
        using var reads = new Reads(host);

        for (var i = 0; i < 10; i++) Assert.That(await StatusAsync(acme.Live.Key), Is.EqualTo(HttpStatusCode.OK));
        var within = reads.Count;
        host.Clock.Step(TimeSpan.FromSeconds(1));
        await StatusAsync(acme.Live.Key);

        Assert.That((within, reads.Count), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task A_key_can_be_replaced_without_a_gap()
    {
        var acme = await host.NewAccountAsync();
        var old = await CreateAsync(acme.Live.Key);

        var successor = await CreateAsync(old.Key);
        var both = (await StatusAsync(old.Key), await StatusAsync(successor.Key));
        await host.With(successor.Key).DeleteAsync($"/v1/api_keys/{old.Id}");
        var after = (await StatusAsync(old.Key), await StatusAsync(successor.Key));

        Assert.That(both, Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)));
        Assert.That(after, Is.EqualTo((HttpStatusCode.Unauthorized, HttpStatusCode.OK)));
    }

    [Test]
    public async Task A_key_ends_at_the_moment_it_expires()
    {
        var acme = await host.NewAccountAsync();
        var key = await CreateAsync(acme.Live.Key, expiresAt: host.Clock.GetUtcNow().AddMinutes(5));

        host.Clock.Step(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        var before = await StatusAsync(key.Key);
        host.Clock.Step(TimeSpan.FromMilliseconds(1));
        var at = await StatusAsync(key.Key);

        Assert.That((before, at), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.Unauthorized)));
    }

    [Test]
    public async Task Another_process_refuses_a_revoked_key_within_a_second()
    {
        await using var other = await AccessHost.StartAsync(sharing: host);
        var acme = await host.NewAccountAsync();
        var key = await CreateAsync(acme.Live.Key);
        Assert.That((await other.With(key.Key).GetAsync("/v1/customers")).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        await host.With(acme.Live.Key).DeleteAsync($"/v1/api_keys/{key.Id}");
        var here = await StatusAsync(key.Key);
        host.Clock.Step(TimeSpan.FromSeconds(1));
        var there = (await other.With(key.Key).GetAsync("/v1/customers")).StatusCode;

        Assert.That(here, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(there, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Revoked_under_load_no_request_that_starts_after_the_answer_gets_in()
    {
        var acme = await host.NewAccountAsync();
        for (var round = 0; round < 10; round++)
        {
            var key = await CreateAsync(acme.Live.Key);
            var isRevoked = false;
            var late = 0;
            var callers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
            {
                var http = host.With(key.Key);
                while (true)
                {
                    var startsAfter = Volatile.Read(ref isRevoked);
                    host.Clock.Step(TimeSpan.FromMilliseconds(200)); // so that the key is looked up again and again meanwhile
                    var status = (await http.GetAsync("/v1/customers")).StatusCode;
                    if (startsAfter && status == HttpStatusCode.OK) Interlocked.Increment(ref late);
                    if (startsAfter) return;
                }
            })).ToArray();

            (await host.With(acme.Live.Key).DeleteAsync($"/v1/api_keys/{key.Id}")).EnsureSuccessStatusCode();
            Volatile.Write(ref isRevoked, true);
            await Task.WhenAll(callers);

            Assert.That(late, Is.Zero);
        }
    }

    [Test]
    public async Task Fewer_scopes_hold_from_the_answer_on()
    {
        var acme = await host.NewAccountAsync();
        var key = await CreateAsync(acme.Live.Key);
        Assert.That(await StatusAsync(key.Key), Is.EqualTo(HttpStatusCode.OK));

        (await host.With(acme.Live.Key).PatchAsJsonAsync($"/v1/api_keys/{key.Id}", new { scopes = new[] { "customers:write" } })).EnsureSuccessStatusCode();

        Assert.That(await StatusAsync(key.Key), Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task The_last_use_is_written_in_time_and_once()
    {
        var acme = await host.NewAccountAsync();
        var key = await CreateAsync(acme.Live.Key);
        var writer = host.Services.GetRequiredService<LastUsedWriter>();

        await StatusAsync(key.Key);
        var usedAt = host.Clock.GetUtcNow();
        var unwritten = await ShowAsync(acme.Live.Key, key.Id);
        await writer.WriteAsync(default);
        host.Clock.Step(TimeSpan.FromMinutes(1));
        await writer.WriteAsync(default);
        var written = await ShowAsync(acme.Live.Key, key.Id);

        Assert.That(unwritten.GetProperty("last_used_at").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(written.GetProperty("last_used_at").GetDateTimeOffset(), Is.EqualTo(usedAt));
        Assert.That(written.GetProperty("revision").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public async Task An_operators_key_creates_tenants_and_sees_none()
    {
        var operators = host.Services.GetRequiredService<OperatorKeys>();
        var key = await operators.CreateAsync(replaceOthers: false, default);

        var created = await host.With(key).PostAsync("/v1/tenants", null);
        var read = await host.With(key).GetAsync("/v1/customers");

        Assert.That(created.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await Problem.OfAsync(read)).Code, Is.EqualTo("scope_missing"));
    }

    [Test]
    public async Task A_new_operators_key_can_replace_the_old_ones()
    {
        var operators = host.Services.GetRequiredService<OperatorKeys>();
        var old = await operators.CreateAsync(replaceOthers: false, default);
        var second = await operators.CreateAsync(replaceOthers: false, default);
        var before = (await host.With(old).PostAsync("/v1/tenants", null)).StatusCode;

        var successor = await operators.CreateAsync(replaceOthers: true, default);
        host.Clock.Step(TimeSpan.FromSeconds(1));

        Assert.That(before, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await host.With(old).PostAsync("/v1/tenants", null)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await host.With(second).PostAsync("/v1/tenants", null)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await host.With(successor).PostAsync("/v1/tenants", null)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private async Task<HttpStatusCode> StatusAsync(string key) => (await host.With(key).GetAsync("/v1/customers")).StatusCode;

    private async Task<(string Id, string Key)> CreateAsync(string with, DateTimeOffset? expiresAt = null)
    {
        var response = await host.With(with).PostAsJsonAsync("/v1/api_keys", new { name = "Shop", scopes = new[] { "*" }, expires_at = expiresAt });
        var created = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        return (created.GetProperty("id").GetString()!, created.GetProperty("key").GetString()!);
    }

    private async Task<JsonElement> ShowAsync(string with, string id) =>
        await host.With(with).GetFromJsonAsync<JsonElement>($"/v1/api_keys/{id}");

    private sealed class Reads : IDisposable
    {
        private readonly MeterListener listener = new();
        private int count;

        public Reads(AccessHost host)
        {
            var meters = host.Services.GetRequiredService<IMeterFactory>();
            listener.InstrumentPublished = (instrument, mine) =>
            {
                if (instrument.Name == "crm.api_keys.reads" && ReferenceEquals(instrument.Meter.Scope, meters)) mine.EnableMeasurementEvents(instrument);
            };
            listener.SetMeasurementEventCallback<long>((_, by, _, _) => Interlocked.Add(ref count, (int)by));
            listener.Start();
            _ = host.Services.GetRequiredService<ApiKeyStore>();
        }

        public int Count => Volatile.Read(ref count);

        public void Dispose() => listener.Dispose();
    }
}
