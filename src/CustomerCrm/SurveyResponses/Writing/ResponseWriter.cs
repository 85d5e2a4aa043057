using System.Text.Json;
using CustomerCrm.Analytics.Sentiment;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.SurveyResponses.Drafts;
using CustomerCrm.SurveyResponses.FollowUps;
using CustomerCrm.Surveys;
using CustomerCrm.Surveys.Definitions;
using CustomerCrm.Surveys.Invitations;
using CustomerCrm.Tenant;

namespace CustomerCrm.SurveyResponses.Writing;

/// <summary>Keeps answers, counts them to what they belong to, and starts what a low score starts: all in one transaction.</summary>
internal sealed class ResponseWriter(TenantDb db, InvitationWriter invitations, ResponseDrafts drafts, FollowUpOpening followUps, CurrentSettings settings, EventLog events, TimeProvider clock)
{
    /// <exception cref="ApiProblem">422: answers that are wrong, missing, or not asked for.</exception>
    public static ReadAnswers Read(SurveyDefinition definition, IReadOnlyDictionary<string, JsonElement> sent) => AnswerReading.Of(definition, sent, out var errors)
        ?? throw ApiProblem.Invalid([.. errors.Select(error => error with { Pointer = $"/answers{error.Pointer}" })]);

    /// <param name="invitation">Which it answers.</param>
    /// <param name="answers">What is said.</param>
    /// <param name="language">In which.</param>
    /// <param name="leftAt">Of answers that stop before the end: when the last of them was given. Null: they are whole, and given now.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>Null: it was answered before, or its time is over. Then nothing was written.</returns>
    public async Task<SurveyResponse?> AnswerAsync(SurveyInvitation invitation, ReadAnswers answers, string? language, DateTimeOffset? leftAt, CancellationToken ct)
    {
        SurveyResponse? response = null;
        await db.InTransactionAsync(async () =>
        {
            var survey = await Survey.FindAsync(invitation.SurveyId, db, ct);
            if (!await invitations.AnswerAsync(invitation, survey.IsAnonymous, leftAt ?? clock.GetUtcNow(), ct)) return;
            await drafts.RemoveAsync(invitation.Id, ct);
            response = await AddAsync(survey, new NewResponse
            {
                Version = invitation.Version!.Value,
                Answers = answers,
                CustomerId = invitation.CustomerId,
                InvitationId = invitation.Id,
                Channel = invitation.Channel,
                Language = language,
                AboutKind = invitation.AboutKind,
                AboutKey = invitation.AboutKey,
                AgentId = invitation.AgentId,
                TeamId = invitation.TeamId,
                IsComplete = leftAt is null,
                AnsweredAt = leftAt,
            }, ct);
        }, ct);
        return response;
    }

    public async Task<SurveyResponse> AddAsync(Survey survey, NewResponse said, CancellationToken ct)
    {
        var now = said.AnsweredAt ?? clock.GetUtcNow();
        var calendar = (await settings.GetAsync(ct)).Calendar;
        var read = said.Answers.Text is { } text ? SentimentReader.Read(text, said.Language) : null;
        var kept = new SurveyResponse
        {
            Id = Id<SurveyResponse>.New(),
            SurveyId = survey.Id,
            Version = said.Version,
            CustomerId = survey.IsAnonymous ? null : said.CustomerId,
            InvitationId = survey.IsAnonymous ? null : said.InvitationId,
            Channel = said.Channel,
            Language = LocaleTag.Of(said.Language),
            IsComplete = said.IsComplete,
            Score = said.Answers.Score,
            Standing = ScoreScale.StandingOf(survey.Kind, said.Answers.Score),
            AnswersText = JsonSerializer.Serialize(said.Answers.Answers, StrictJson.Options),
            AboutKind = survey.IsAnonymous ? null : said.AboutKind,
            AboutKey = survey.IsAnonymous ? null : said.AboutKey,
            AgentId = survey.IsAnonymous ? null : said.AgentId,
            TeamId = survey.IsAnonymous ? null : said.TeamId,
            SentimentLabel = read?.Label,
            SentimentScore = read?.Score,
            SentimentConfidence = read?.Confidence,
            SentimentLanguage = read?.Language,
            SentimentEvidence = read is null ? null : JsonSerializer.Serialize(read.Evidence, StrictJson.Options),
            AnsweredAt = survey.IsAnonymous ? calendar.StartOf(calendar.DayOf(now)) : now,
        };
        await db.ExecuteAsync(Insert, new
        {
            kept.Id, kept.SurveyId, kept.Version, CustomerId = kept.CustomerId?.ToBytes(), InvitationId = kept.InvitationId?.ToBytes(), kept.Channel, kept.Language, kept.IsComplete, kept.Score, kept.Standing, kept.AnswersText,
            kept.AboutKind, AboutId = kept.AboutKey, AgentId = kept.AgentId?.ToBytes(), TeamId = kept.TeamId?.ToBytes(), kept.SentimentLabel, kept.SentimentScore, kept.SentimentConfidence, kept.SentimentLanguage,
            kept.SentimentEvidence, kept.AnsweredAt,
        }, ct);
        await CountAsync(kept, said, ct);
        events.Record("survey.answered", kept, kept.CustomerId?.Value);
        if (!survey.IsAnonymous && !events.IsQuiet) await followUps.LookAsync(survey, kept, ct);
        return kept;
    }

    public async Task EraseAsync(SurveyResponse response, CancellationToken ct)
    {
        if (await db.ExecuteAsync(Delete, new { response.Id }, ct) == 0) throw ApiProblem.NotFound("survey response");
        events.Record("survey.answer_erased", new ErasedResponse(response.Id, response.SurveyId, response.About), response.CustomerId?.Value);
    }

    private async Task CountAsync(SurveyResponse kept, NewResponse said, CancellationToken ct)
    {
        await db.ExecuteEachAsync(InsertAnswer, said.Answers.Counted.Select(one => new { ResponseId = kept.Id, kept.SurveyId, one.QuestionKey, one.Item, one.Number, one.Choice, kept.AnsweredAt }), ct);
        var row = new { ResponseId = kept.Id, kept.SurveyId, kept.Score, kept.AnsweredAt };
        if (said.AgentId is { } agentId) await db.ExecuteAsync(InsertGroup, new { row.ResponseId, row.SurveyId, row.Score, row.AnsweredAt, Kind = ResponseGroup.Agent, GroupId = agentId.ToBytes() }, ct);
        if (said.TeamId is { } teamId) await db.ExecuteAsync(InsertGroup, new { row.ResponseId, row.SurveyId, row.Score, row.AnsweredAt, Kind = ResponseGroup.Team, GroupId = teamId.ToBytes() }, ct);
        if (said.CustomerId is { } customerId) await db.ExecuteAsync(InsertSegments, new { row.ResponseId, row.SurveyId, row.Score, row.AnsweredAt, CustomerId = customerId }, ct);
        if (said.AboutKind == SurveySubject.Order) await db.ExecuteAsync(InsertProducts, new { row.ResponseId, row.SurveyId, row.Score, row.AnsweredAt, OrderId = said.AboutKey }, ct);
    }

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO SurveyResponses (TenantId, Id, SurveyId, Version, CustomerId, InvitationId, Channel, Language, IsComplete, Score, Standing, AnswersText, AboutKind, AboutId, AgentId, TeamId,
            SentimentLabel, SentimentScore, SentimentConfidence, SentimentLanguage, SentimentEvidence, AnsweredAt)
        VALUES (@TenantId, @Id, @SurveyId, @Version, @CustomerId, @InvitationId, @Channel, @Language, @IsComplete, @Score, @Standing, @AnswersText, @AboutKind, @AboutId, @AgentId, @TeamId,
            @SentimentLabel, @SentimentScore, @SentimentConfidence, @SentimentLanguage, @SentimentEvidence, @AnsweredAt)
        """);

    private static readonly TenantSql InsertAnswer = TenantSql.Of("""
        INSERT INTO SurveyAnswers (TenantId, ResponseId, QuestionKey, Item, SurveyId, Number, Choice, AnsweredAt)
        VALUES (@TenantId, @ResponseId, @QuestionKey, @Item, @SurveyId, @Number, @Choice, @AnsweredAt)
        """);

    private static readonly TenantSql InsertGroup = TenantSql.Of("""
        INSERT INTO SurveyResponseGroups (TenantId, ResponseId, Kind, GroupId, SurveyId, Score, AnsweredAt)
        VALUES (@TenantId, @ResponseId, @Kind, @GroupId, @SurveyId, @Score, @AnsweredAt)
        """);

    // 3: segments, as the customer belongs to them now.
    private static readonly TenantSql InsertSegments = TenantSql.Of("""
        INSERT INTO SurveyResponseGroups (TenantId, ResponseId, Kind, GroupId, SurveyId, Score, AnsweredAt)
        SELECT m.TenantId, @ResponseId, 3, m.SegmentId, @SurveyId, CAST(@Score AS INT), @AnsweredAt
        FROM SegmentMembers m
        WHERE m.TenantId = @TenantId
          AND m.CustomerId = @CustomerId
        """);

    // 4: products, as they were ordered.
    private static readonly TenantSql InsertProducts = TenantSql.Of("""
        INSERT INTO SurveyResponseGroups (TenantId, ResponseId, Kind, GroupId, SurveyId, Score, AnsweredAt)
        SELECT DISTINCT l.TenantId, @ResponseId, 4, l.ProductId, @SurveyId, CAST(@Score AS INT), @AnsweredAt
        FROM OrderLines l
        WHERE l.TenantId = @TenantId
          AND l.OrderId = @OrderId
          AND l.ProductId IS NOT NULL
        """);

    private static readonly TenantSql Delete = TenantSql.Of("DELETE FROM SurveyResponses WHERE TenantId = @TenantId AND Id = @Id");
}

/// <summary>The data of <c>survey.answer_erased</c>: what was said is gone.</summary>
public sealed record ErasedResponse(Id<SurveyResponse> Id, Id<Survey> SurveyId, SurveySubject? About);

/// <summary>What answers count to. The numbers are stored.</summary>
internal enum ResponseGroup
{
    Agent = 1,
    Team = 2,
    Segment = 3,
    Product = 4,
}
