using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Surveys.Definitions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Surveys;

/// <summary>PATCH and DELETE /surveys/{survey_id}</summary>
public static class ChangeSurvey
{
    public sealed record Request
    {
        /// <example>After a ticket</example>
        [Required, StringLength(200, MinimumLength = 1)] public Change<string> Name { get; init; }

        [Required] public Change<SurveyStatus?> Status { get; init; }

        /// <summary>The whole of it. Whoever was asked already is asked what they were asked.</summary>
        [Required] public Change<SurveyDefinition> Definition { get; init; }

        /// <summary>The whole of them.</summary>
        [Required] public Change<SurveySettings> Settings { get; init; }
    }

    internal static async Task<Survey> Handle([FromRoute(Name = "survey_id")] Id<Survey> surveyId, Request request, IfMatch ifMatch, TenantDb db, SurveyWriter writer, CancellationToken ct)
    {
        var current = await Survey.FindAsync(surveyId, db, ct);
        ifMatch.Check(current.Revision);
        return await writer.ChangeAsync(current, request, ct);
    }

    internal static async Task<NoContent> Remove([FromRoute(Name = "survey_id")] Id<Survey> surveyId, IfMatch ifMatch, TenantDb db, SurveyWriter writer, CancellationToken ct)
    {
        var current = await Survey.FindAsync(surveyId, db, ct);
        ifMatch.Check(current.Revision);
        await writer.RemoveAsync(current, ct);
        return TypedResults.NoContent();
    }
}
