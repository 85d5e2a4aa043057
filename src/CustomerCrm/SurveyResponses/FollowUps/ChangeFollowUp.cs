using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tasks;
using CustomerCrm.Teams;
using CustomerCrm.Users;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.SurveyResponses.FollowUps;

/// <summary>PATCH /survey_responses/{survey_response_id}/follow_up</summary>
public static class ChangeFollowUp
{
    public sealed record Request
    {
        /// <summary>Closing it says what came of it, too.</summary>
        [Required] public Change<FollowUpState?> State { get; init; }

        public Change<FollowUpOutcome?> Outcome { get; init; }

        /// <example>Sent a new parcel, she is content.</example>
        [StringLength(2000, MinimumLength = 1)] public Change<string> Note { get; init; }

        public Change<Id<User>?> UserId { get; init; }
        public Change<Id<Team>?> TeamId { get; init; }
    }

    internal static async Task<SurveyFollowUp> Handle(
        [FromRoute(Name = "survey_response_id")] Id<SurveyResponse> responseId, Request request, IfMatch ifMatch, TenantDb db, FollowUpWriter writer, TaskWriter tasks, CancellationToken ct)
    {
        var current = await SurveyFollowUp.FindAsync(responseId, db, ct);
        ifMatch.Check(current.Revision);
        var wanted = current with
        {
            State = request.State.Or(current.State)!.Value,
            Outcome = request.Outcome.Or(current.Outcome),
            Note = request.Note.Or(current.Note),
            UserId = request.UserId.Or(current.UserId),
            TeamId = request.TeamId.Or(current.TeamId),
        };
        if (wanted is { State: FollowUpState.Closed, Outcome: null }) throw ApiProblem.Invalid("/outcome", "required", "Say what came of it.");
        if (wanted.State != FollowUpState.Closed) wanted = wanted with { Outcome = request.Outcome is { IsSet: true, Value: not null } ? throw ApiProblem.Invalid("/outcome", "not_closed", "What came of it is said when it is closed.") : null };
        if (await tasks.WrongAssigneeAsync(request.UserId.Or(null), request.TeamId.Or(null), ct) is { Count: > 0 } wrong) throw ApiProblem.Invalid(wrong);
        return await writer.ChangeAsync(current, wanted, ct);
    }

    internal static Task<SurveyFollowUp> Show([FromRoute(Name = "survey_response_id")] Id<SurveyResponse> responseId, TenantDb db, CancellationToken ct) => SurveyFollowUp.FindAsync(responseId, db, ct);

    internal static Task<Platform.Lists.Page<SurveyFollowUp>> List(Platform.Lists.ListQuery query, TenantDb db, CancellationToken ct) => SurveyFollowUp.List.ReadAsync(query, db, null, ct);
}
