using System.ComponentModel.DataAnnotations;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Segments.Membership;
using CustomerCrm.Segments.Rules;
using CustomerCrm.Segments.Rules.Fields;

namespace CustomerCrm.Segments;

/// <summary>
/// POST /segments/preview: who would be in a segment with this rule. Customers are looked at stretch by stretch until all are
/// seen or the time is over, so that no rule keeps a caller, or a reader of the database, for longer.
/// </summary>
public static class PreviewSegment
{
    internal const int SampleSize = 10, LongestSeconds = 5;
    private const int Stretch = 20_000;

    public sealed record Request : IValidatableObject
    {
        public required SegmentRule Rule { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext context)
        {
            if (Rule.WrongWhole(nameof(Rule)) is { } wrong) yield return wrong;
        }
    }

    public sealed record Answer
    {
        /// <summary>For how many customers the rule holds, of those that were looked at.</summary>
        public required int Size { get; init; }

        /// <summary>Whether all customers were looked at; if not, the size is at least this.</summary>
        public required bool IsComplete { get; init; }

        /// <summary>How many customers were looked at, from the oldest on.</summary>
        public required int LookedAt { get; init; }

        public required DateTimeOffset AsOf { get; init; }

        /// <summary>Some of those for whom it holds.</summary>
        public required IReadOnlyList<SampleRow> Sample { get; init; }
    }

    public sealed record SampleRow
    {
        public required Id<Customer> CustomerId { get; init; }
        public required string? Name { get; init; }
        public required string? Email { get; init; }
        public required string? Country { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
    }

    internal static async Task<Answer> Handle(Request request, CustomFieldQuestions questions, TenantDb db, RuleClock rules, TimeProvider clock, CancellationToken ct)
    {
        await questions.CheckAsync(request.Rule, "/rule", ct);
        await SegmentReferences.CheckAsync(request.Rule, "/rule", null, db, ct);
        var (at, began) = (await rules.NowAsync(ct), clock.GetTimestamp());
        var rule = request.Rule.ToCondition(at);
        var sample = new List<SampleRow>();
        var (size, lookedAt, after) = (0, 0, CustomerStretch.Before);
        while (after != CustomerStretch.Last && clock.GetElapsedTime(began).TotalSeconds < LongestSeconds)
        {
            var through = await CustomerStretch.EndAsync(db, after, Stretch, ct);
            var args = new { After = after, Through = through };
            var found = await db.FindAsync<int>(Count.And(rule), args, ct);
            if (found > 0 && sample.Count < SampleSize)
                sample.AddRange(await db.QueryTopAsync<SampleRow>(Sample.And(rule).Then("ORDER BY c.Id"), SampleSize - sample.Count, args, ct));
            lookedAt += through == CustomerStretch.Last ? await db.FindAsync<int>(Count, args, ct) : Stretch;
            (size, after) = (size + found, through);
        }
        return new Answer { Size = size, IsComplete = after == CustomerStretch.Last, LookedAt = lookedAt, AsOf = at.Now, Sample = sample };
    }

    internal static readonly TenantSql Count = TenantSql.Of($"""
        SELECT COUNT(*)
        FROM {SegmentTables.Customers}
        WHERE c.TenantId = @TenantId
          AND c.Id > @After
          AND c.Id <= @Through
        """);

    internal static readonly TenantSql Sample = TenantSql.Of($"""
        SELECT c.Id AS CustomerId, c.Name, c.Email, c.Country, c.CreatedAt
        FROM {SegmentTables.Customers}
        WHERE c.TenantId = @TenantId
          AND c.Id > @After
          AND c.Id <= @Through
        """);
}
