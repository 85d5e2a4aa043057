using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Surveys.Definitions;
using CustomerCrm.Surveys.Versions;

namespace CustomerCrm.Surveys;

/// <summary>Writes surveys and their versions.</summary>
internal sealed class SurveyWriter(TenantDb db, SurveyNames names, Caller caller, EventLog events, TimeProvider clock)
{
    /// <exception cref="ApiProblem">409: there are too many. 422: what it asks or names is not right.</exception>
    public async Task<Survey> AddAsync(CreateSurvey.Request request, CancellationToken ct)
    {
        var (kind, now) = (request.Kind!.Value, clock.GetUtcNow());
        var definition = request.Definition ?? StandardQuestions.Of(kind) ?? throw ApiProblem.Invalid("/definition", "required", "A free survey has no questions of its own: write some.");
        await CheckAsync(kind, definition, request.Settings, withNames: true, ct);
        if (await db.FindAsync<int>(CountAll, null, ct) >= CreateSurvey.MostSurveys) throw ApiProblem.Conflict("too_many_surveys", $"There are at most {CreateSurvey.MostSurveys} surveys. Delete one first.");

        var survey = new Survey
        {
            Id = Id<Survey>.New(),
            Name = request.Name,
            Kind = kind,
            Status = request.Status,
            Version = 1,
            DefinitionText = definition.Write(),
            SettingsText = request.Settings.Write(),
            ActiveSince = request.Status == SurveyStatus.Active ? now : null,
            Revision = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
        await db.ExecuteAsync(Insert, new { survey.Id, survey.Name, survey.Kind, survey.Status, survey.SettingsText, survey.ActiveSince, Now = now }, ct);
        await AddVersionAsync(survey, now, ct);
        events.Record("survey.created", survey);
        return survey;
    }

    /// <exception cref="ApiProblem">412: somebody else changed it. 422: what it asks or names is not right, or would change what answers mean that are there or can still come.</exception>
    public async Task<Survey> ChangeAsync(Survey current, ChangeSurvey.Request request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (definition, settings) = (request.Definition.Or(current.Definition)!, request.Settings.Or(current.Settings)!);
        var begins = request.Status.Or(current.Status) == SurveyStatus.Active && current.Status != SurveyStatus.Active;
        if (request.Definition.IsSet || request.Settings.IsSet || begins) await CheckAsync(current.Kind, definition, settings, withNames: request.Settings.IsSet || begins, ct);
        var wanted = current with { Name = request.Name.Or(current.Name)!, Status = request.Status.Or(current.Status)!.Value, DefinitionText = definition.Write(), SettingsText = settings.Write() };
        if (wanted == current) return current;

        if (wanted.Status == SurveyStatus.Active && current.Status != SurveyStatus.Active) wanted = wanted with { ActiveSince = now };
        var isOther = wanted.DefinitionText != current.DefinitionText;
        if (isOther || settings.AnonymityThreshold is null != current.Settings.AnonymityThreshold is null) await CheckMeaningAsync(current, definition, settings, now, ct);
        var changed = wanted with { Version = current.Version + (isOther ? 1 : 0), Revision = current.Revision + 1, UpdatedAt = now };
        if (await db.ExecuteAsync(Update, new { changed.Id, changed.Name, changed.Status, changed.Version, changed.SettingsText, changed.ActiveSince, changed.Revision, changed.UpdatedAt }, ct) == 0)
            throw ApiProblem.PreconditionFailed();
        if (isOther) await AddVersionAsync(changed, now, ct);
        events.Record("survey.updated", changed);
        return changed;
    }

    /// <exception cref="ApiProblem">409: it has answers. 412: somebody else changed it.</exception>
    public async Task RemoveAsync(Survey current, CancellationToken ct)
    {
        if (await db.FindAsync<int?>(HasAnswers, new { current.Id }, ct) is not null) throw ApiProblem.Conflict("survey_has_answers", "What customers answered would be gone with it. Pause the survey instead.");
        foreach (var sql in new[] { DeleteInvitations, DeleteVersions }) await db.ExecuteAsync(sql, new { current.Id }, ct);
        if (await db.ExecuteAsync(Delete, new { current.Id, current.Revision }, ct) == 0) throw ApiProblem.PreconditionFailed();
        events.Record("survey.deleted", current);
    }

    // What settings that stay name may be gone by now: that is no reason not to pause the survey, say.
    private async Task CheckAsync(SurveyKind kind, SurveyDefinition definition, SurveySettings settings, bool withNames, CancellationToken ct)
    {
        List<FieldError> errors = [.. DefinitionRules.WrongWith(kind, definition).Select(wrong => wrong with { Pointer = $"/definition{wrong.Pointer}" })];
        if (withNames) errors.AddRange((await names.WrongAsync(settings, ct)).Select(wrong => wrong with { Pointer = $"/settings{wrong.Pointer}" }));
        if (settings.LowScore is { } low && errors.Count == 0)
        {
            if (definition.Score is not { } score) errors.Add(new("/settings/low_score", "no_score", "The survey has no score."));
            else if (low.AtMost < score.Min || low.AtMost > score.Max) errors.Add(new("/settings/low_score/at_most", "not_on_scale", $"The score goes from {score.Min} to {score.Max}."));
        }
        if (errors.Count > 0) throw ApiProblem.Invalid(errors);
    }

    private async Task CheckMeaningAsync(Survey current, SurveyDefinition definition, SurveySettings settings, DateTimeOffset now, CancellationToken ct)
    {
        var asked = await SurveyVersion.AskedAsync(current.Id, now, db, ct);
        if (asked.Count == 0) return;
        List<FieldError> errors = [.. KeptMeaning.Broken(asked.Select(version => version.Definition), definition).Select(wrong => wrong with { Pointer = $"/definition{wrong.Pointer}" })];
        if (settings.AnonymityThreshold is null != current.Settings.AnonymityThreshold is null)
            errors.Add(new("/settings/anonymity_threshold", "meaning_changed", "What was promised to those who answered, or can still answer, stays so. Make another survey."));
        if (errors.Count > 0) throw ApiProblem.Invalid(errors);
    }

    private Task<int> AddVersionAsync(Survey survey, DateTimeOffset now, CancellationToken ct) => db.ExecuteAsync(InsertVersion, new
    {
        SurveyId = survey.Id, survey.Version, survey.DefinitionText, AuthorKind = caller.Actor.Kind, AuthorId = caller.Actor.Id, AuthorName = caller.Actor.Name, Now = now,
    }, ct);

    private static readonly TenantSql CountAll = TenantSql.Of("SELECT COUNT(*) FROM Surveys s WHERE s.TenantId = @TenantId");

    private static readonly TenantSql HasAnswers = TenantSql.Of("""
        SELECT 1
        FROM Surveys s
        WHERE s.TenantId = @TenantId
          AND s.Id = @Id
          AND (EXISTS (SELECT 1 FROM SurveyResponses r WHERE r.TenantId = @TenantId AND r.SurveyId = s.Id)
            OR EXISTS (SELECT 1 FROM SurveyDrafts d JOIN SurveyInvitations i ON i.TenantId = d.TenantId AND i.Id = d.InvitationId WHERE d.TenantId = @TenantId AND i.SurveyId = s.Id))
        """);

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Surveys (TenantId, Id, Name, Kind, Status, Version, SettingsText, ActiveSince, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Name, @Kind, @Status, 1, @SettingsText, @ActiveSince, 1, @Now, @Now)
        """);

    private static readonly TenantSql InsertVersion = TenantSql.Of("""
        INSERT INTO SurveyVersions (TenantId, SurveyId, Version, DefinitionText, AuthorKind, AuthorId, AuthorName, CreatedAt)
        VALUES (@TenantId, @SurveyId, @Version, @DefinitionText, @AuthorKind, @AuthorId, @AuthorName, @Now)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE Surveys
        SET Name = @Name, Status = @Status, Version = @Version, SettingsText = @SettingsText, ActiveSince = @ActiveSince, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision - 1
        """);

    private static readonly TenantSql DeleteInvitations = TenantSql.Of("DELETE FROM SurveyInvitations WHERE TenantId = @TenantId AND SurveyId = @Id");

    private static readonly TenantSql DeleteVersions = TenantSql.Of("DELETE FROM SurveyVersions WHERE TenantId = @TenantId AND SurveyId = @Id");

    private static readonly TenantSql Delete = TenantSql.Of("""
        DELETE FROM Surveys
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision
        """);
}
