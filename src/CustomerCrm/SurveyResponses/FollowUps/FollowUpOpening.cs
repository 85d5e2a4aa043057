using CustomerCrm.Customers;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Surveys;
using CustomerCrm.Tasks;
using CustomerCrm.Teams;
using CustomerCrm.Users;

namespace CustomerCrm.SurveyResponses.FollowUps;

/// <summary>A low score is told, and somebody is to talk to the customer.</summary>
internal sealed class FollowUpOpening(TenantDb db, TaskWriter tasks, LowScoreTickets tickets, EventLog events, TimeProvider clock)
{
    /// <summary>What tasks of follow-ups give as their source.</summary>
    public const string Source = "survey_response";

    private const int LongestComment = 2000;

    public async Task LookAsync(Survey survey, SurveyResponse response, CancellationToken ct)
    {
        var settings = survey.Settings.LowScore;
        if (settings is null ? response.Standing != ScoreStanding.Low : response.Score is not { } score || score > settings.AtMost) return;
        events.Record("survey.low_score", new LowScore { SurveyId = survey.Id, SurveyName = survey.Name, CustomerId = response.CustomerId, Score = response.Score!.Value, Response = response }, response.CustomerId?.Value);
        if (settings is not null && response.CustomerId is not null) await OpenAsync(survey, response, settings, ct);
    }

    private async Task OpenAsync(Survey survey, SurveyResponse response, LowScoreSettings settings, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var due = now.AddHours(settings.DueInHours);
        var (title, body) = ($"Score {response.Score} in \"{survey.Name}\": talk to the customer".Shortened(300), BodyOf(survey, response));
        var (userId, teamId) = await NowAsync(settings, ct);
        var ticket = settings.Opens == LowScoreAction.Ticket ? await tickets.OpenAsync(response, title, body, userId, teamId, ct) : null;
        var task = settings.Opens == LowScoreAction.Task
            ? await tasks.AddAsync(new TaskDetails { Title = title, Body = body, Priority = TaskPriority.High, DueAt = due, UserId = userId, TeamId = teamId, CustomerId = response.CustomerId }, new TaskSource(Source, response.Id.ToString()), ct)
            : null;
        await db.ExecuteAsync(Insert, new
        {
            ResponseId = response.Id, SurveyId = survey.Id, UserId = userId?.ToBytes(), TeamId = teamId?.ToBytes(), TaskId = task?.Id.ToBytes(), TicketId = ticket?.Id.ToBytes(), OpenedAt = now, DueAt = due,
        }, ct);
        events.Record("survey.follow_up_opened", await SurveyFollowUp.FindAsync(response.Id, db, ct), response.CustomerId?.Value);
    }

    // Who has left since the survey was written, or a team that is gone, cannot be given anything: then it is for whoever takes it, and the answer arrives all the same.
    private async Task<(Id<User>?, Id<Team>?)> NowAsync(LowScoreSettings settings, CancellationToken ct) =>
        ((await tasks.WrongAssigneeAsync(settings.UserId, null, ct)).Count == 0 ? settings.UserId : null, (await tasks.WrongAssigneeAsync(null, settings.TeamId, ct)).Count == 0 ? settings.TeamId : null);

    private static string BodyOf(Survey survey, SurveyResponse response) =>
        ($"The customer gave {response.Score} in the survey \"{survey.Name}\".\n\nAll answers: /v1/survey_responses/{response.Id}\nThe customer: /v1/customers/{response.CustomerId}/360\n\n"
            + string.Join('\n', response.Answers.Select(answer => $"{answer.Key}: {answer.Value}"))).Shortened(LongestComment);

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO SurveyFollowUps (TenantId, ResponseId, SurveyId, State, UserId, TeamId, TaskId, TicketId, OpenedAt, DueAt, Revision)
        VALUES (@TenantId, @ResponseId, @SurveyId, 1, @UserId, @TeamId, @TaskId, @TicketId, @OpenedAt, @DueAt, 1)
        """);
}

/// <summary>The data of <c>survey.low_score</c>.</summary>
public sealed record LowScore
{
    public required Id<Survey> SurveyId { get; init; }
    public required string SurveyName { get; init; }
    public required Id<Customer>? CustomerId { get; init; }
    public required int Score { get; init; }
    public required SurveyResponse Response { get; init; }
}
