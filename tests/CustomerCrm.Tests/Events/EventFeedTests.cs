using System.Net;
using CustomerCrm.Events;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Tests.Access;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Events;

public class EventFeedTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task MakeTenantAsync() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task The_feed_can_be_followed_page_by_page_and_later_on()
    {
        var fresh = await ReadAsync("");
        await RecordAsync(acme, "order.created", "order.paid", "order.shipped");
        var first = await ReadAsync($"?after={fresh.NextCursor}&limit=2");
        var second = await ReadAsync($"?after={first.NextCursor}&limit=2");
        var idle = await ReadAsync($"?after={second.NextCursor}");
        await RecordAsync(acme, "order.delivered");
        var later = await ReadAsync($"?after={idle.NextCursor}");

        Assert.That(fresh.Data, Is.Empty);
        Assert.That((Types(first), first.HasMore), Is.EqualTo((new[] { "order.created", "order.paid" }, true)));
        Assert.That((Types(second), second.HasMore), Is.EqualTo((new[] { "order.shipped" }, false)));
        Assert.That((Types(idle), idle.NextCursor), Is.EqualTo((Array.Empty<string>(), second.NextCursor)));
        Assert.That(Types(later), Is.EqualTo(new[] { "order.delivered" }));
    }

    [Test]
    public async Task A_filter_moves_the_cursor_past_what_it_leaves_out()
    {
        await RecordAsync(acme, "order.paid", "order.created", "order.created");

        var page = await ReadAsync("?filter[type][eq]=order.paid");
        var after = await ReadAsync($"?filter[type][eq]=order.created&after={page.NextCursor}");

        Assert.That(Types(page), Is.EqualTo(new[] { "order.paid" }));
        Assert.That(after.Data, Is.Empty);
    }

    [Test]
    public async Task A_reader_misses_nothing_while_a_writer_holds_its_transaction_open()
    {
        var (holds, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var slow = acme.WithScopeAsync(s => s.GetRequiredService<TenantDb>().InTransactionAsync(() =>
        {
            s.GetRequiredService<EventLog>().Record("order.slow", new { });
            s.GetRequiredService<TenantDb>().BeforeCommit(async _ => // after the event got its number
            {
                holds.SetResult();
                await release.Task;
            });
            return Task.CompletedTask;
        }, default));
        await holds.Task;
        var quick = RecordAsync(acme, "order.quick");
        var during = ReadAsync("");
        release.SetResult();
        await Task.WhenAll(slow, quick);

        var before = await during;
        var after = await ReadAsync($"?after={before.NextCursor}");

        Assert.That(Types(before).Concat(Types(after)), Is.EqualTo(new[] { "order.slow", "order.quick" }));
    }

    [Test]
    public async Task A_reader_beside_many_writers_sees_every_event_once()
    {
        const int writers = 8, each = 10;
        var writing = Task.WhenAll(Enumerable.Range(0, writers).Select(async w =>
        {
            for (var i = 0; i < each; i++) await RecordAsync(acme, $"writer{w}.n{i}");
        }));

        var (seen, cursor) = (new List<string>(), "0");
        while (seen.Count < writers * each)
        {
            var wasDone = writing.IsCompleted;
            var page = await ReadAsync($"?after={cursor}&limit=7");
            seen.AddRange(Types(page));
            if (page.Data.Count == 0 && wasDone) break;
            cursor = page.NextCursor;
        }
        await writing;

        Assert.That(seen, Has.Count.EqualTo(writers * each).And.Unique);
        for (var w = 0; w < writers; w++)
            Assert.That(seen.Where(t => t.StartsWith($"writer{w}.", StringComparison.Ordinal)), Is.EqualTo(Enumerable.Range(0, each).Select(i => $"writer{w}.n{i}")));
    }

    [Test]
    public async Task A_cursor_has_expired_only_if_events_behind_it_are_gone()
    {
        await RecordAsync(acme, "order.created", "order.paid");
        var start = await ReadAsync("?limit=1");
        var end = await ReadAsync("");
        await PruneAsync(TimeSpan.FromDays(31));

        var expired = await acme.Http.GetAsync($"/v1/events?after={start.NextCursor}");
        var upToDate = await ReadAsync($"?after={end.NextCursor}");
        var anew = await ReadAsync("");

        Assert.That(expired.StatusCode, Is.EqualTo(HttpStatusCode.Gone));
        Assert.That((await Problem.OfAsync(expired)).Code, Is.EqualTo("cursor_expired"));
        Assert.That(upToDate.Data, Is.Empty);
        Assert.That(anew.NextCursor, Is.EqualTo(end.NextCursor));
    }

    [Test]
    public async Task Events_of_the_last_thirty_days_are_kept()
    {
        await RecordAsync(acme, "order.created");

        await PruneAsync(TimeSpan.FromDays(29.9));

        Assert.That(Types(await ReadAsync("?after=0")), Is.EqualTo(new[] { "order.created" }));
    }

    [TestCase("after=x")]
    [TestCase("after=-1")]
    [TestCase("after=99")]
    [TestCase("limit=0")]
    [TestCase("limit=101")]
    public async Task A_cursor_or_limit_that_cannot_be_is_refused(string query)
    {
        var response = await acme.Http.GetAsync($"/v1/events?{query}");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task An_event_is_shown_to_its_tenant_alone()
    {
        await RecordAsync(acme, "order.created");
        var listed = (await ReadAsync("")).Data.Single();
        var stranger = await TestTenant.NewAsync();

        var shown = await acme.GetAsync<EventEntry>($"/v1/events/{listed.Id}");
        var foreign = await stranger.Http.GetAsync($"/v1/events/{listed.Id}");
        var theirs = await stranger.GetAsync<ReadEvents.Feed>("/v1/events");

        Assert.That((shown.Id, shown.Type, shown.Data.GetRawText()), Is.EqualTo((listed.Id, "order.created", listed.Data.GetRawText())));
        Assert.That(foreign.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(theirs.Data, Is.Empty);
    }

    [Test]
    public async Task A_transaction_that_is_undone_leaves_no_event()
    {
        var undone = acme.WithScopeAsync(s => s.GetRequiredService<TenantDb>().InTransactionAsync(() =>
        {
            s.GetRequiredService<EventLog>().Record("order.created", new { });
            throw new InvalidOperationException("Undo.");
        }, default));

        Assert.ThrowsAsync<InvalidOperationException>(() => undone);
        await RecordAsync(acme, "order.paid");
        Assert.That(Types(await ReadAsync("?after=0")), Is.EqualTo(new[] { "order.paid" }));
    }

    private Task<ReadEvents.Feed> ReadAsync(string query) => acme.GetAsync<ReadEvents.Feed>($"/v1/events{query}");

    private static string[] Types(ReadEvents.Feed feed) => [.. feed.Data.Select(e => e.Type)];

    private static Task RecordAsync(TestTenant tenant, params string[] types) => tenant.WithScopeAsync(s => s.GetRequiredService<TenantDb>().InTransactionAsync(() =>
    {
        foreach (var type in types) s.GetRequiredService<EventLog>().Record(type, new { type });
        return Task.CompletedTask;
    }, default));

    private Task PruneAsync(TimeSpan later) => acme.WithDbAsync(async db =>
    {
        var clock = new SteppedTime();
        clock.Step(later);
        await new PruneEventsJob(db, clock).RunAsync(new PruneEvents(), default);
    });
}
