using System.ComponentModel.DataAnnotations;
using CustomerCrm.Surveys.Definitions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Surveys;

/// <summary>POST /surveys</summary>
public static class CreateSurvey
{
    internal const int MostSurveys = 100;

    /// <example>{"name":"After a ticket","kind":"csat","status":"active","settings":{"triggers":[{"on":"ticket_solved","after_hours":2}],"channel":"email"}}</example>
    public sealed record Request
    {
        /// <example>After a ticket</example>
        [StringLength(200, MinimumLength = 1)] public required string Name { get; init; }

        /// <summary>Stays as it is.</summary>
        [Required] public SurveyKind? Kind { get; init; }

        public SurveyStatus Status { get; init; } = SurveyStatus.Draft;

        /// <summary>What it asks. CSAT, NPS and CES bring questions along, in four languages: the score, and why.</summary>
        public SurveyDefinition? Definition { get; init; }

        public SurveySettings Settings { get; init; } = new();
    }

    internal static async Task<Created<Survey>> Handle(Request request, SurveyWriter writer, CancellationToken ct)
    {
        var survey = await writer.AddAsync(request, ct);
        return TypedResults.Created($"/v1/surveys/{survey.Id}", survey);
    }
}
