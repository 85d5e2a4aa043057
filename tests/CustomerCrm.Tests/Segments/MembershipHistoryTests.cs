using System.Text;
using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Orders;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Segments;
using CustomerCrm.Segments.Membership;
using CustomerCrm.Segments.Rules;
using CustomerCrm.Segments.Rules.Conditions;
using CustomerCrm.Segments.Rules.Fields;
using CustomerCrm.Tenant;
using CustomerCrm.Track;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Segments;

/// <summary>
/// Members who come and go one by one, with what happens and with time, are at every moment those whom a count of everyone
/// finds: over random histories in which much happens late, and days go by.
/// </summary>
public class MembershipHistoryTests
{
    private const int Histories = 8, StepsOfEach = 25;
    private static readonly string[] names = ["viewed", "bought"];

    [Test]
    public async Task After_every_step_of_a_history_the_members_are_those_of_a_full_count()
    {
        var seed = Environment.TickCount;
        for (var history = 0; history < Histories; history++)
        {
            var told = await LiveAsync(new Random(seed + history));
            Assert.That(told, Is.Null, $"seed {seed + history}");
        }
    }

    /// <returns>Null: all was well. Else the step after which it was not, and the rule.</returns>
    private static async Task<string?> LiveAsync(Random random)
    {
        var tenant = await TestTenant.NewAsync("America/New_York");
        var clock = new ManualClock();
        var customers = new List<Id<Customer>>();
        for (var i = 0; i < 6; i++) customers.Add((await tenant.CreateAsync<Customer>("/v1/customers", new { name = $"C{i}", birth_date = $"1990-01-{13 + i}" })).Id);
        foreach (var rule in RulesOf(random)) await tenant.SegmentAsync(rule);
        var segments = (await tenant.GetAsync<Page<Segment>>("/v1/segments?sort=created_at")).Data;
        await tenant.SegmentAsync(new { all = new object[] { new { segment = segments[0].Id }, new { not = new { segment = segments[1].Id } } } }); // and one that asks about others
        await TestApi.RunJobsAsync();
        await tenant.WithDbAsync(db => db.ExecuteAsync(StopProgram, null, default));
        await CatchUpAsync(tenant, clock);

        for (var step = 0; step < StepsOfEach; step++)
        {
            var said = random.Next(3) == 0 ? await LetTimePassAsync(random, tenant, clock) : await HappenAsync(random, tenant, clock, customers[random.Next(customers.Count)]);
            await CatchUpAsync(tenant, clock);
            if (await WrongAsync(tenant, clock) is { } wrong) return $"step {step}, {said}: {wrong}";
        }
        return null;
    }

    // Two of every five are about spans of hours, so that much moves by itself.
    private static IEnumerable<SegmentRule> RulesOf(Random random) =>
        SomeRules.Nested(1, Id<Segment>.New()).Sample(60, 6).Where(rule => !rule.OtherSegments.Any() && !AsksOwnFields(rule)).Take(4).Concat(
        [
            new SegmentRule { Events = new EventTest { Name = "viewed", Count = new Bounds { Gte = 2 }, WithinHours = random.Next(1, 30) } },
            new SegmentRule { Sequence = new SequenceTest { First = "viewed", Then = "bought", GapMinutes = random.Next(1, 3000), IsFollowed = false, WithinDays = 3 } },
            new SegmentRule { Orders = new OrderTest { Period = (Period)random.Next(10) } },
            new SegmentRule { Field = "last_seen_at", Op = "older_than_days", Value = JsonSerializer.SerializeToElement(1) },
            new SegmentRule { Field = "birthday", Op = "within_days", Value = JsonSerializer.SerializeToElement(1) },
        ]);

    // Minutes, hours or days, and the job looks on the way: after a longer pause it would leave all to another.
    private static async Task<string> LetTimePassAsync(Random random, TestTenant tenant, ManualClock clock)
    {
        var (looks, most) = random.Next(3) switch { 0 => (1, 10), 1 => (1, 600), _ => (5, 700) };
        for (var i = 0; i < looks; i++)
        {
            clock.Advance(TimeSpan.FromMinutes(random.Next(1, most)));
            await InScopeAsync(tenant, clock, services => services.FollowTime.RunAsync(new FollowTime(), default));
        }
        return "time passed";
    }

    private static async Task<string> HappenAsync(Random random, TestTenant tenant, ManualClock clock, Id<Customer> customerId)
    {
        // Often now, now and then long ago, and sometimes a little ahead.
        var at = clock.GetUtcNow().AddMinutes(random.Next(4) switch { 0 => -random.Next(1, 5000), 1 => random.Next(1, 60), _ => 0 });
        var name = names[random.Next(2)];
        if (random.Next(3) > 0)
        {
            await InScopeAsync(tenant, clock, async services => await services.Db.InTransactionAsync(async () =>
            {
                await services.Db.ExecuteAsync(InsertEvent, new { Id = Id<TrackedEvent>.New(), CustomerId = customerId, Name = name, NameKey = Encoding.UTF8.GetBytes(name), At = at, Ticks = at.UtcTicks }, default);
                services.Events.Record("tracked_event.recorded", new { name }, customerId.Value);
            }, default));
            return $"{name} at {at:u}";
        }
        await tenant.CreateAsync<Order>("/v1/orders", new { customer_id = customerId, placed_at = at < TestApi.Clock.GetUtcNow() ? at : TestApi.Clock.GetUtcNow(), lines = new[] { new { name = "viewed", sku = "CUP", quantity = random.Next(1, 4), unit_price_minor = 1000 } } });
        return "an order";
    }

    /// <summary>As the bus and the job would, if the clock were the program's: what happened first, then what time did.</summary>
    private static async Task CatchUpAsync(TestTenant tenant, ManualClock clock)
    {
        for (var handled = true; handled;)
            await InScopeAsync(tenant, clock, async services => await services.Db.InTransactionAsync(async () =>
            {
                var events = await EventCursor.NextAsync(services.Db, "history_test", ahead: null, default);
                handled = events.Count > 0;
                if (!handled) return;
                await new MembershipConsumer(services.Membership, services.Jobs).HandleAsync(events, default);
                await EventCursor.MoveAsync(services.Db, "history_test", events[^1].Seq, default);
            }, default));
        await InScopeAsync(tenant, clock, services => services.FollowTime.RunAsync(new FollowTime(), default));
    }

    private static async Task<string?> WrongAsync(TestTenant tenant, ManualClock clock)
    {
        string? wrong = null;
        await InScopeAsync(tenant, clock, async services =>
        {
            var at = await services.Rules.NowAsync(default);
            foreach (var segment in await services.Time.DynamicAsync(default))
            {
                var members = await services.Db.QueryAsync<Id<Customer>>(Members, new { SegmentId = segment.Id }, default);
                var counted = await services.Db.QueryAsync<Id<Customer>>(SegmentMembership.Among.And(segment.Rule!.ToCondition(at)), null, default);
                if (!members.ToHashSet().SetEquals(counted)) wrong ??= $"{members.Count} members, {counted.Count} counted at {at.Now:u} of {segment.RuleText}";
            }
        });
        return wrong;
    }

    private static Task InScopeAsync(TestTenant tenant, ManualClock clock, Func<Parts, Task> work) => tenant.WithScopeAsync(services =>
    {
        var db = services.GetRequiredService<TenantDb>();
        var jobs = services.GetRequiredService<JobQueue>();
        var events = services.GetRequiredService<EventLog>();
        var rules = new RuleClock(services.GetRequiredService<CurrentSettings>(), clock);
        var membership = new SegmentMembership(db, events, rules);
        var time = new SegmentClock(db, rules, jobs);
        return work(new Parts(db, jobs, events, rules, membership, time, new FollowTimeJob(db, time, rules, new TimePassed(db), membership, new SegmentSweep(db, membership, rules), jobs)));
    });

    private sealed record Parts(TenantDb Db, JobQueue Jobs, EventLog Events, RuleClock Rules, SegmentMembership Membership, SegmentClock Time, FollowTimeJob FollowTime);

    // The program's own clock stands still; from here on it must not decide.
    private static readonly TenantSql StopProgram = TenantSql.Of("UPDATE EventConsumers SET LastSeq = 1000000 WHERE TenantId = @TenantId AND Name = 'segment_membership'");

    private static readonly TenantSql Members = TenantSql.Of("SELECT m.CustomerId FROM SegmentMembers m WHERE m.TenantId = @TenantId AND m.SegmentId = @SegmentId");

    private static readonly TenantSql InsertEvent = TenantSql.Of("""
        INSERT INTO TrackedEvents (TenantId, Id, CustomerId, Name, NameKey, OccurredAt, OccurredTicks, Origin, ReceivedAt)
        VALUES (@TenantId, @Id, @CustomerId, @Name, @NameKey, @At, @Ticks, 1, @At)
        """);

    // This tenant has made none.
    private static bool AsksOwnFields(SegmentRule rule) => rule.Everything.Any(part => part.Field?.StartsWith(CustomFieldQuestion.Prefix, StringComparison.Ordinal) == true);
}
