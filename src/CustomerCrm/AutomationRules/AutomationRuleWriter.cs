using CustomerCrm.AutomationRules.Actions;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Segments;
using CustomerCrm.Segments.Rules.Fields;

namespace CustomerCrm.AutomationRules;

/// <summary>Writes rules, and keeps every definition that they have had.</summary>
internal sealed class AutomationRuleWriter(TenantDb db, RuleActions actions, CustomFieldQuestions questions, EventNames names, Caller caller, EventLog events, TimeProvider clock)
{
    /// <exception cref="ApiProblem">422, naming every part that asks or does something there is not.</exception>
    public async Task CheckAsync(AutomationDefinition definition, CancellationToken ct)
    {
        foreach (var (pointer, condition) in definition.Condition?.Placed("/definition/condition") ?? [])
        {
            if (condition.Customer is not { } rule) continue;
            await questions.CheckAsync(rule, $"{pointer}/customer", ct);
            await SegmentReferences.CheckAsync(rule, $"{pointer}/customer", null, db, ct);
        }
        var errors = new List<FieldError>();
        foreach (var (i, pattern) in definition.Events.Index())
            if (!names.Know(pattern)) errors.Add(new FieldError($"/definition/events/{i}", "unknown_event_type", "No event is called so; GET /v1/webhooks/event_types lists them."));
        foreach (var (i, action) in definition.Actions.Index())
            errors.AddRange((await actions.WrongAsync(action, ct)).Select(e => e with { Pointer = $"/definition/actions/{i}{e.Pointer}" }));
        if (errors.Count > 0) throw ApiProblem.Invalid(errors);
    }

    public async Task<AutomationRule> AddAsync(CreateAutomationRule.Request request, CancellationToken ct)
    {
        await CheckAsync(request.Definition, ct);
        var (id, now) = (Id<AutomationRule>.New(), clock.GetUtcNow());
        await db.ExecuteAsync(Insert, new { Id = id, request.Name, request.Description, request.Position, request.IsEnabled, SinceSeq = await HeadAsync(ct), Now = now }, ct);
        await AddVersionAsync(id, 1, request.Definition, ct);
        var rule = await AutomationRule.FindAsync(id, db, ct);
        events.Record("automation_rule.created", rule);
        return rule;
    }

    /// <exception cref="ApiProblem">412: somebody else changed it since it was read. 422: the definition is not right.</exception>
    public async Task<AutomationRule> ChangeAsync(AutomationRule current, ChangeAutomationRule.Request request, CancellationToken ct)
    {
        var version = current.Version;
        if (request.Definition is { IsSet: true, Value: { } definition } && definition.Write() != current.DefinitionText)
        {
            await CheckAsync(definition, ct);
            await AddVersionAsync(current.Id, ++version, definition, ct);
        }
        var isEnabled = request.IsEnabled.Or(current.IsEnabled);
        var isResumed = request.IsEnabled is { IsSet: true, Value: true } && (!current.IsEnabled || current.PausedAt is not null);
        var changed = await db.ExecuteAsync(Update, new
        {
            current.Id,
            Name = request.Name.Or(current.Name),
            Description = request.Description.Or(current.Description),
            Position = request.Position.Or(current.Position),
            IsEnabled = isEnabled,
            PausedAt = isResumed ? null : current.PausedAt,
            PausedReason = isResumed ? null : current.PausedReason,
            // What happened while it rested, or before it was as it is now, is not its business.
            SinceSeq = isResumed || version != current.Version ? await HeadAsync(ct) : current.SinceSeq,
            Version = version,
            current.Revision,
            Now = clock.GetUtcNow(),
        }, ct);
        if (changed == 0) throw ApiProblem.PreconditionFailed();
        var after = await AutomationRule.FindAsync(current.Id, db, ct);
        events.Record("automation_rule.updated", after);
        return after;
    }

    /// <summary>It stops until somebody enables it again, and says so.</summary>
    public async Task PauseAsync(AutomationRule rule, string reason, CancellationToken ct)
    {
        if (await db.ExecuteAsync(Pause, new { rule.Id, Reason = reason, Now = clock.GetUtcNow() }, ct) == 1) events.Record("automation_rule.paused", await AutomationRule.FindAsync(rule.Id, db, ct));
    }

    public async Task RemoveAsync(AutomationRule rule, CancellationToken ct)
    {
        if (await db.ExecuteAsync(Delete, new { rule.Id, rule.Revision }, ct) == 0) throw ApiProblem.PreconditionFailed();
        events.Record("automation_rule.deleted", rule);
    }

    private async Task AddVersionAsync(Id<AutomationRule> ruleId, int version, AutomationDefinition definition, CancellationToken ct)
    {
        var author = caller.Actor;
        await db.ExecuteAsync(InsertVersion, new
        {
            RuleId = ruleId, Version = version, DefinitionText = definition.Write(), Now = clock.GetUtcNow(), AuthorKind = author.Kind, AuthorId = author.Id, AuthorName = author.Name,
        }, ct);
    }

    private async Task<long> HeadAsync(CancellationToken ct) => await db.FindAsync<long?>(Head, null, ct) ?? 0;

    private static readonly TenantSql Head = TenantSql.Of("SELECT h.LastSeq FROM EventHeads h WHERE h.TenantId = @TenantId");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO AutomationRules (TenantId, Id, Name, Description, Position, IsEnabled, SinceSeq, Version, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Name, @Description, @Position, @IsEnabled, @SinceSeq, 1, 1, @Now, @Now)
        """);

    private static readonly TenantSql InsertVersion = TenantSql.Of("""
        INSERT INTO AutomationRuleVersions (TenantId, RuleId, Version, DefinitionText, CreatedAt, AuthorKind, AuthorId, AuthorName)
        VALUES (@TenantId, @RuleId, @Version, @DefinitionText, @Now, @AuthorKind, @AuthorId, @AuthorName)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE AutomationRules
        SET Name = @Name, Description = @Description, Position = @Position, IsEnabled = @IsEnabled, PausedAt = @PausedAt, PausedReason = @PausedReason,
            SinceSeq = @SinceSeq, Version = @Version, Revision = Revision + 1, UpdatedAt = @Now
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision
        """);

    private static readonly TenantSql Pause = TenantSql.Of("""
        UPDATE AutomationRules
        SET PausedAt = @Now, PausedReason = @Reason, Revision = Revision + 1, UpdatedAt = @Now
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND PausedAt IS NULL
        """);

    private static readonly TenantSql Delete = TenantSql.Of("""
        DELETE FROM AutomationRules
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision
        """);
}
