using System.Text.Json;
using CustomerCrm.AutomationRules.Conditions;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.AutomationRules;

/// <summary>
/// POST /automation_rules/dry_run, and of a rule that is there: how often it would have fired. The feed is read from its end backwards until all is seen or the
/// time is over, so that no rule keeps a caller, or a reader of the database, for longer.
/// </summary>
public static class DryRunRule
{
    internal const int SampleSize = 20, LongestSeconds = 5, Days = 30;
    private const int AtOnce = 200;

    public sealed record Request
    {
        public required AutomationDefinition Definition { get; init; }
    }

    public sealed record Answer
    {
        /// <summary>How often it would have fired, cool-down considered.</summary>
        public required int WouldHaveFired { get; init; }

        /// <summary>How many events were of its types.</summary>
        public required int Answered { get; init; }

        /// <summary>How many events were looked at, from the latest backwards.</summary>
        public required int LookedAt { get; init; }

        /// <summary>Whether all of the last 30 days was looked at; if not, it would have fired at least this often.</summary>
        public required bool IsComplete { get; init; }

        /// <summary>Up to 20 of the times, the latest first. What is asked of the customer is as they are now.</summary>
        public required IReadOnlyList<WouldFire> Sample { get; init; }
    }

    /// <summary>A time that the rule would have fired.</summary>
    public sealed record WouldFire
    {
        public required Id<Event> EventId { get; init; }
        public required string EventType { get; init; }
        public required DateTimeOffset OccurredAt { get; init; }
        public required Id<Customer>? CustomerId { get; init; }
        public required ExplainedCondition Condition { get; init; }
    }

    internal static async Task<Answer> OfRule([FromRoute(Name = "automation_rule_id")] Id<AutomationRule> ruleId, TenantDb db, ConditionReading conditions, TimeProvider clock, CancellationToken ct) =>
        await RunAsync((await AutomationRule.FindAsync(ruleId, db, ct)).Definition, db, conditions, clock, ct);

    internal static async Task<Answer> Handle(Request request, TenantDb db, AutomationRuleWriter writer, ConditionReading conditions, TimeProvider clock, CancellationToken ct)
    {
        await writer.CheckAsync(request.Definition, ct);
        return await RunAsync(request.Definition, db, conditions, clock, ct);
    }

    private static async Task<Answer> RunAsync(AutomationDefinition definition, TenantDb db, ConditionReading conditions, TimeProvider clock, CancellationToken ct)
    {
        var (began, since) = (clock.GetTimestamp(), clock.GetUtcNow().AddDays(-Days));
        var (before, lookedAt, answered, ofNobody) = (long.MaxValue, 0, 0, 0);
        var sample = new List<WouldFire>();
        var times = new Dictionary<Id<Customer>, List<DateTimeOffset>>(); // the latest first
        while (true)
        {
            var rows = await db.QueryTopAsync<Row>(Earlier, AtOnce, new { Before = before }, ct);
            foreach (var row in rows.TakeWhile(row => row.OccurredAt >= since))
            {
                if (clock.GetElapsedTime(began).TotalSeconds > LongestSeconds) return Told(isComplete: false);
                (before, lookedAt) = (row.Seq, lookedAt + 1);
                if (row.IsQuiet || !definition.Answers(row.Type)) continue;
                answered++;
                if (await conditions.EvaluateAsync(definition.Condition, JsonElement.Parse(row.Data), row.CustomerId, ct) is not { Result: true } condition) continue;
                if (row.CustomerId is not { } customer) ofNobody++;
                else if (times.TryGetValue(customer, out var known)) known.Add(row.OccurredAt);
                else times[customer] = [row.OccurredAt];
                if (sample.Count < SampleSize) sample.Add(new WouldFire { EventId = row.Id, EventType = row.Type, OccurredAt = row.OccurredAt, CustomerId = row.CustomerId, Condition = condition });
            }
            if (rows.Count < AtOnce || rows[^1].OccurredAt < since) return Told(isComplete: true);
        }

        Answer Told(bool isComplete) => new() { WouldHaveFired = ofNobody + times.Values.Sum(one => Firings(one, TimeSpan.FromSeconds(definition.CooldownSeconds))), Answered = answered, LookedAt = lookedAt, IsComplete = isComplete, Sample = sample };
    }

    /// <summary>Pure: how often it fires for one customer, who is then left alone for the cool-down.</summary>
    internal static int Firings(IReadOnlyList<DateTimeOffset> latestFirst, TimeSpan cooldown)
    {
        var (fired, last) = (0, (DateTimeOffset?)null);
        foreach (var at in latestFirst.Reverse())
        {
            if (last is { } before && at - before < cooldown) continue;
            (fired, last) = (fired + 1, at);
        }
        return fired;
    }

    private sealed record Row
    {
        public required long Seq { get; init; }
        public required Id<Event> Id { get; init; }
        public required string Type { get; init; }
        public required Id<Customer>? CustomerId { get; init; }
        public required bool IsQuiet { get; init; }
        public required DateTimeOffset OccurredAt { get; init; }
        public required string Data { get; init; }
    }

    private static readonly TenantSql Earlier = TenantSql.Of("""
        SELECT e.Seq, e.Id, e.Type, e.CustomerId, e.IsQuiet, e.OccurredAt, e.Data
        FROM Events e
        WHERE e.TenantId = @TenantId
          AND e.Seq < @Before
        ORDER BY e.Seq DESC
        """);
}
