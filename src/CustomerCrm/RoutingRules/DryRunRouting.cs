using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.RoutingRules.Decisions;
using CustomerCrm.Teams;
using CustomerCrm.Tickets;
using CustomerCrm.Tickets.Conditions;

namespace CustomerCrm.RoutingRules;

/// <summary>POST /routing_rules/dry_run: which rule would have taken each of the last tickets. The last tickets are asked until the time is over, and nothing is done.</summary>
public static class DryRunRouting
{
    internal const int MostTickets = 500, SampleSize = 50, LongestSeconds = 5;

    /// <example>{"tickets":100}</example>
    public sealed record Request
    {
        /// <summary>The rules to try, in their order; left out, those that there are.</summary>
        [MinLength(1), MaxLength(CreateRoutingRule.MostRules)] public IReadOnlyList<TriedRule>? Rules { get; init; }

        /// <summary>How many of the last tickets.</summary>
        [Range(1, MostTickets)] public int Tickets { get; init; } = 100;
    }

    /// <summary>A rule that is not saved.</summary>
    public sealed record TriedRule
    {
        [StringLength(200, MinimumLength = 1)] public required string Name { get; init; }
        public required RoutingDefinition Definition { get; init; }
    }

    public sealed record Answer
    {
        /// <summary>How many tickets were looked at.</summary>
        public required int LookedAt { get; init; }

        /// <summary>Whether that is as many as were asked for, or all there are; if not, the time was over.</summary>
        public required bool IsComplete { get; init; }

        /// <summary>How many each rule would have taken, in their order.</summary>
        public required IReadOnlyList<Taken> Rules { get; init; }

        /// <summary>How many none would have taken: they go to the fallback.</summary>
        public required int Unmatched { get; init; }

        /// <summary>The last 50 of them, each with the rules that were asked and what they saw. What is asked of customers is as they are now.</summary>
        public required IReadOnlyList<Tried> Sample { get; init; }
    }

    public sealed record Taken
    {
        public required Id<RoutingRule>? RuleId { get; init; }
        public required string Name { get; init; }
        public required int Tickets { get; init; }
    }

    /// <summary>What would have become of a ticket.</summary>
    public sealed record Tried
    {
        public required Id<Ticket> TicketId { get; init; }
        public required int TicketNumber { get; init; }
        public required string Subject { get; init; }

        /// <summary>Null: no rule.</summary>
        public required string? Rule { get; init; }

        /// <summary>The rule's queue.</summary>
        public required Id<Team>? TeamId { get; init; }

        public required IReadOnlyList<AskedRule> Asked { get; init; }
    }

    internal static async Task<Answer> Handle(Request request, TenantDb db, RoutingRuleWriter writer, TicketReading reading, TimeProvider clock, CancellationToken ct)
    {
        foreach (var (i, tried) in (request.Rules ?? []).Index()) await writer.CheckAsync(tried.Definition, $"/rules/{i}/definition", ct);
        var rules = request.Rules?.Select(r => (Id: (Id<RoutingRule>?)null, r.Name, r.Definition)).ToArray() ?? [.. (await RoutingRule.AtWorkAsync(db, ct)).Select(r => ((Id<RoutingRule>?)r.Id, r.Name, r.Definition))];
        var (began, counts, sample, lookedAt) = (clock.GetTimestamp(), new int[rules.Length], new List<Tried>(), 0);
        var tickets = await db.QueryTopAsync<Ticket>(Latest, request.Tickets, null, ct);
        foreach (var ticket in tickets)
        {
            if (clock.GetElapsedTime(began).TotalSeconds > LongestSeconds) break;
            lookedAt++;
            var (asked, taken) = (new List<AskedRule>(), -1);
            for (var i = 0; i < rules.Length && taken < 0; i++)
            {
                var condition = await reading.EvaluateAsync(rules[i].Definition.Condition, ticket, ct);
                asked.Add(new AskedRule { RuleId = rules[i].Id, Name = rules[i].Name, Matches = condition.Result, Condition = condition, Outcome = condition.Result ? "took" : "no_match" });
                if (condition.Result) taken = i;
            }
            if (taken >= 0) counts[taken]++;
            if (sample.Count < SampleSize) sample.Add(new Tried { TicketId = ticket.Id, TicketNumber = ticket.Number, Subject = ticket.Subject, Rule = taken < 0 ? null : rules[taken].Name, TeamId = taken < 0 ? null : rules[taken].Definition.TeamId, Asked = asked });
        }
        return new Answer { LookedAt = lookedAt, IsComplete = lookedAt == tickets.Count, Rules = [.. rules.Select((r, i) => new Taken { RuleId = r.Id, Name = r.Name, Tickets = counts[i] })], Unmatched = lookedAt - counts.Sum(), Sample = sample };
    }

    private static readonly TenantSql Latest = Ticket.Matching.Then("ORDER BY t.Number DESC");
}
