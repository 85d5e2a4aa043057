using CustomerCrm.AutomationRules.Actions;
using CustomerCrm.ContactPolicy.Guards;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.OpenApi.Answering;
using CustomerCrm.Platform.Records;
using CustomerCrm.Segments;
using CustomerCrm.Surveys.Actions;
using CustomerCrm.Surveys.Guards;
using CustomerCrm.Surveys.Invitations;
using CustomerCrm.Surveys.Triggers;
using CustomerCrm.Surveys.Versions;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Surveys;

internal static class SurveyRoutes
{
    public static IServiceCollection AddSurveys(this IServiceCollection services) => services
        .AddScoped<SurveyWriter>().AddScoped<SurveyNames>().AddSingleton(NamesSegments.In<Survey>("survey_ids", Survey.NamingSegment, survey => (survey.Id.ToString(), survey.Name))).AddScoped<SurveyLinks>().AddScoped<InvitationWriter>().AddScoped<InvitationSending>().AddScoped<InvitationMessages>()
        .AddScoped<SurveyStanding>().AddScoped<KnownSubjects>().AddScoped<SameEvent>().AddScoped<ChatInvitations>().AddScoped<SurveyFatigue>().AddScoped<RecentSurveyGuard>().AddScoped<IRestored, RestoredInvitations>()
        .AddScoped<IContactGuard, RecentSurveyGuard>().AddScoped<IContactGuard, LowScoreGuard>().AddScoped<IRuleAction, SendSurvey>()
        .AddEventConsumer<SurveyConsumer>().AddJob<SendInvitationJob, SendInvitation>();

    /// <summary>What customers are asked, when and how: CSAT, NPS, CES and questions of your own. Every invitation says why it was sent or not.</summary>
    public static void MapSurveys(this IEndpointRouteBuilder api)
    {
        var surveys = api.MapGroup("/surveys").WithTags("Surveys");

        surveys.MapGet("/", List).WithName("ListSurveys").Needs("surveys:read").Lists(Survey.List).Describe("List surveys",
            "Those made last first, unless `sort` says otherwise.");
        surveys.MapPost("/", CreateSurvey.Handle).Needs("surveys:write").MayAnswer(409, "too_many_surveys").Describe("Create a survey",
            "CSAT (1 to 5), NPS (0 to 10) and CES (1 to 7) bring their questions along; a free survey has your own. Questions may jump by the answer: 422 names a jump that could lead back in a circle, a question that no answer leads to, and a text that is missing in one of the languages. Its triggers answer what happens from now on, and nothing that was written quietly.");
        surveys.MapGet("/{survey_id}", Show).WithName("ShowSurvey").Needs("surveys:read").Describe("Show a survey",
            "What it asks, and when. Its `ETag` is its revision, for `If-Match`.");
        surveys.MapPatch("/{survey_id}", ChangeSurvey.Handle).Needs("surveys:write").Describe("Change a survey",
            "Absent members stay; `definition` and `settings` are sent whole. Other questions are a new version. A question that somebody has answered, or was asked and can still answer, keeps its type and its scale, and the score its scale under any key: 422 `meaning_changed` says where another key is needed.");
        surveys.MapDelete("/{survey_id}", ChangeSurvey.Remove).WithName("RemoveSurvey").Needs("surveys:write").MayAnswer(409, "survey_has_answers").Describe("Delete a survey",
            "With its invitations, whose links then open nothing. 409 once somebody has answered: pause it instead.");
        surveys.MapGet("/{survey_id}/versions", SurveyVersion.Handle).WithName("ListSurveyVersions").Needs("surveys:read").Describe("List a survey's versions",
            "What it asked at which time, the latest first, and how many answered that; at most 100.");
        surveys.MapGet("/{survey_id}/invitations", ShowInvitations.Handle).WithName("ListSurveyInvitations").Needs("surveys:read").Lists(SurveyInvitation.List).Describe("List a survey's invitations",
            "Everybody who is asked, was asked, or was not to be; those made last first.");
        surveys.MapPost("/{survey_id}/invitations", InviteCustomer.Handle).WithName("InviteCustomer").NeedsIdempotencyKey().Needs("surveys:write").MayAnswer(400, "quiet_refused").Describe("Ask a customer",
            "Now, by the survey's channel or another one, also where the survey is paused. By e-mail and text message it is a message like any other; with `link` or `chat` you get an address that is for this customer alone. 201 also where something stands in the way: then `state` is `not_sent`, and its explanation says what.");
        surveys.MapGet("/{survey_id}/invitations/{survey_invitation_id}", ShowInvitations.Show).WithName("ShowSurveyInvitation").Needs("surveys:read").Describe("Show an invitation",
            "Whom it asks, why, by what channel, and where it stands.");
        surveys.MapGet("/{survey_id}/invitations/{survey_invitation_id}/explanation", ShowInvitations.Explain).WithName("ExplainSurveyInvitation").Needs("surveys:read").Describe("Explain an invitation",
            "Why this customer was asked, or was not: what made it, and every rule with what it found.");
    }

    internal static Task<Page<Survey>> List(ListQuery query, TenantDb db, CancellationToken ct) => Survey.List.ReadAsync(query, db, null, ct);

    internal static Task<Survey> Show([FromRoute(Name = "survey_id")] Id<Survey> surveyId, TenantDb db, CancellationToken ct) => Survey.FindAsync(surveyId, db, ct);
}
