using System.Text.Json;
using CustomerCrm.AutomationRules.Actions;
using CustomerCrm.AutomationRules.Conditions;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.AutomationRules.Firings;

/// <summary>Writes firings, each once for a rule and an event, with the job that carries it out.</summary>
internal sealed class FiringWriter(TenantDb db, AutomationRuleWriter rules, JobQueue jobs, TimeProvider clock)
{
    private static readonly TimeSpan hour = TimeSpan.FromHours(1);

    public async Task FireAsync(AutomationRule rule, AutomationDefinition definition, EventRow happened, Id<Customer>? customerId, ExplainedCondition condition, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var reason = await WhyNotAsync(rule, definition, happened, customerId, now, ct);
        var runAt = definition.DelaySeconds > 0 ? now.AddSeconds(definition.DelaySeconds) : (DateTimeOffset?)null;
        var status = reason is not null ? FiringStatus.Refused : runAt is not null ? FiringStatus.Waiting : definition.Mode == AutomationMode.Suggest ? FiringStatus.Proposed : FiringStatus.Queued;
        var id = Id<AutomationFiring>.New();
        var added = await db.ExecuteAsync(Insert, new
        {
            Id = id,
            RuleId = rule.Id,
            RuleVersion = rule.Version,
            EventId = happened.Id,
            EventType = happened.Type,
            EventAt = happened.OccurredAt,
            EventText = happened.Data,
            CustomerId = customerId?.ToBytes(),
            Status = (int)status,
            Reason = reason,
            ConditionText = JsonSerializer.Serialize(condition, StrictJson.Options),
            Depth = happened.Cause?.Depth ?? 0,
            CauseId = happened.Cause?.Id,
            Now = now,
            RunAt = runAt,
            SettledAt = reason is null ? (DateTimeOffset?)null : now,
        }, ct);
        if (added == 0) return; // it has fired for this event
        if (reason == "storm") await rules.PauseAsync(rule, reason, ct);
        if (status is FiringStatus.Queued or FiringStatus.Waiting) await jobs.EnqueueAsync(new RunFiring(id), new JobTerms { RunAt = runAt }, ct);
    }

    /// <summary>Takes one that is to be carried out, so that nobody else does. In the transaction that carries it out.</summary>
    public async Task<AutomationFiring?> TakeAsync(Id<AutomationFiring> firingId, CancellationToken ct) =>
        await db.ExecuteAsync(Take, new { FiringId = firingId }, ct) == 0 ? null : await db.FindAsync<AutomationFiring>(ById, new { FiringId = firingId }, ct);

    public Task SettleAsync(AutomationFiring firing, FiringStatus status, string? reason, ExplainedCondition? condition, IReadOnlyList<ActionResult> results, CancellationToken ct) => db.ExecuteAsync(Settle, new
    {
        FiringId = firing.Id,
        Status = (int)status,
        Reason = reason,
        ConditionText = condition is null ? firing.ConditionText : JsonSerializer.Serialize(condition, StrictJson.Options),
        ResultsText = results.Count == 0 ? null : JsonSerializer.Serialize(results, StrictJson.Options),
        SettledAt = status == FiringStatus.Proposed ? (DateTimeOffset?)null : clock.GetUtcNow(),
    }, ct);

    /// <returns>False: it is not proposed any more.</returns>
    public async Task<bool> DecideAsync(Id<AutomationFiring> firingId, bool isApproved, Actor decider, CancellationToken ct)
    {
        var changed = await db.ExecuteAsync(Decide, new
        {
            FiringId = firingId, Status = (int)(isApproved ? FiringStatus.Queued : FiringStatus.Declined), DeciderKind = decider.Kind, DeciderId = decider.Id, DeciderName = decider.Name,
            SettledAt = isApproved ? (DateTimeOffset?)null : clock.GetUtcNow(),
        }, ct);
        if (changed == 1 && isApproved) await jobs.EnqueueAsync(new RunFiring(firingId), ct);
        return changed == 1;
    }

    private async Task<string?> WhyNotAsync(AutomationRule rule, AutomationDefinition definition, EventRow happened, Id<Customer>? customerId, DateTimeOffset now, CancellationToken ct)
    {
        var isOwn = happened.Cause is { } cause && await IsOfAsync(rule.Id, cause, ct);
        var last = customerId is { } customer && definition.CooldownSeconds > 0
            ? (await db.QueryTopAsync<DateTimeOffset>(LastFired, 1, new { RuleId = rule.Id, CustomerId = customer }, ct)) is [var at] ? at : (DateTimeOffset?)null
            : null;
        var inHour = await CountAsync(rule.Id, now - hour, ct);
        // Somebody has seen the storm and let the rule go on: what was before it counts no more.
        if (inHour >= definition.MaxFiringsPerHour && await db.QueryTopAsync<DateTimeOffset>(LastStorm, 1, new { RuleId = rule.Id, Since = now - hour }, ct) is [var storm])
            inHour = await CountAsync(rule.Id, storm, ct);
        return FiringGuard.WhyNot(happened.Cause?.Depth ?? 0, isOwn, last, TimeSpan.FromSeconds(definition.CooldownSeconds), inHour, definition.MaxFiringsPerHour, now);
    }

    private Task<int> CountAsync(Id<AutomationRule> ruleId, DateTimeOffset since, CancellationToken ct) => db.FindAsync<int>(CountSince, new { RuleId = ruleId, Since = since }, ct);

    // The chain of what made what is as long as the guard allows.
    private async Task<bool> IsOfAsync(Id<AutomationRule> ruleId, EventCause cause, CancellationToken ct)
    {
        for (var (at, step) = (cause.Id, 0); at is not null && step <= FiringGuard.MostDepth && Id<AutomationFiring>.TryRead(at, out var firingId); step++)
        {
            if (await db.FindAsync<Link>(CauseOf, new { FiringId = firingId }, ct) is not { } link) return false;
            if (link.RuleId == ruleId) return true;
            at = link.CauseId;
        }
        return false;
    }

    private sealed record Link
    {
        public required Id<AutomationRule> RuleId { get; init; }
        public required string? CauseId { get; init; }
    }

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO AutomationFirings (TenantId, Id, RuleId, RuleVersion, EventId, EventType, EventAt, EventText, CustomerId, Status, Reason, ConditionText, Depth, CauseId, FiredAt, RunAt, SettledAt)
        SELECT r.TenantId, @Id, r.Id, @RuleVersion, @EventId, CAST(@EventType AS NVARCHAR(100)), @EventAt, @EventText, @CustomerId, @Status, CAST(@Reason AS NVARCHAR(50)), @ConditionText, @Depth, CAST(@CauseId AS NVARCHAR(40)), @Now, @RunAt, @SettledAt
        FROM AutomationRules r
        WHERE r.TenantId = @TenantId
          AND r.Id = @RuleId
          AND NOT EXISTS (SELECT 1 FROM AutomationFirings f WHERE f.TenantId = r.TenantId AND f.RuleId = r.Id AND f.EventId = @EventId)
        """);

    private static readonly TenantSql Take = TenantSql.Of("""
        UPDATE AutomationFirings
        SET Reason = NULL
        WHERE TenantId = @TenantId
          AND Id = @FiringId
          AND Status IN (1, 2)
        """);

    private static readonly TenantSql ById = TenantSql.Of($"""
        SELECT {AutomationFiring.Columns}
        FROM AutomationFirings f
        WHERE f.TenantId = @TenantId
          AND f.Id = @FiringId
        """);

    private static readonly TenantSql Settle = TenantSql.Of("""
        UPDATE AutomationFirings
        SET Status = @Status, Reason = @Reason, ConditionText = @ConditionText, ResultsText = @ResultsText, SettledAt = @SettledAt
        WHERE TenantId = @TenantId
          AND Id = @FiringId
        """);

    private static readonly TenantSql Decide = TenantSql.Of("""
        UPDATE AutomationFirings
        SET Status = @Status, DeciderKind = @DeciderKind, DeciderId = @DeciderId, DeciderName = @DeciderName, SettledAt = @SettledAt
        WHERE TenantId = @TenantId
          AND Id = @FiringId
          AND Status = 3
        """);

    private static readonly TenantSql LastFired = TenantSql.Of("""
        SELECT f.FiredAt
        FROM AutomationFirings f
        WHERE f.TenantId = @TenantId
          AND f.RuleId = @RuleId
          AND f.CustomerId = @CustomerId
          AND f.Status <> 6
        ORDER BY f.FiredAt DESC
        """);

    private static readonly TenantSql CountSince = TenantSql.Of("""
        SELECT COUNT(*)
        FROM AutomationFirings f
        WHERE f.TenantId = @TenantId
          AND f.RuleId = @RuleId
          AND f.FiredAt > @Since
          AND f.Status <> 6
        """);

    private static readonly TenantSql LastStorm = TenantSql.Of("""
        SELECT f.FiredAt
        FROM AutomationFirings f
        WHERE f.TenantId = @TenantId
          AND f.RuleId = @RuleId
          AND f.Status = 6
          AND f.FiredAt > @Since
          AND f.Reason = 'storm'
        ORDER BY f.FiredAt DESC
        """);

    private static readonly TenantSql CauseOf = TenantSql.Of("""
        SELECT f.RuleId, f.CauseId
        FROM AutomationFirings f
        WHERE f.TenantId = @TenantId
          AND f.Id = @FiringId
        """);
}
