using CustomerCrm.Customers;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.OpenApi.Answering;
using CustomerCrm.Platform.Records;
using CustomerCrm.SurveyResponses.Drafts;
using CustomerCrm.SurveyResponses.FollowUps;
using CustomerCrm.SurveyResponses.Results;
using CustomerCrm.SurveyResponses.Writing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.SurveyResponses;

internal static class SurveyResponseRoutes
{
    public static IServiceCollection AddSurveyResponses(this IServiceCollection services) => services
        .AddScoped<ResponseWriter>().AddScoped<ResponseDrafts>().AddScoped<IRestored, RestoredDrafts>().AddScoped<ResultReading>().AddScoped<FollowUpOpening>().AddScoped<LowScoreTickets>().AddScoped<FollowUpWriter>().AddEventConsumer<FollowUpConsumer>().AddEventConsumer<TicketScores>().AddJob<CloseDraftJob, CloseDraft>();

    /// <summary>What customers answered to surveys, what that comes to, and what became of low scores.</summary>
    public static void MapSurveyResponses(this IEndpointRouteBuilder api)
    {
        var responses = api.MapGroup("/survey_responses").WithTags("SurveyResponses");

        responses.MapGet("/", List).WithName("ListSurveyResponses").Needs("survey_responses:read").Lists(SurveyResponse.List).Describe("List survey responses",
            "Those given last first; `filter[is_complete][eq]=false` for those that stop before the end. Of an anonymous survey neither customer, agent nor moment are known.");
        responses.MapPost("/", RecordResponse.Handle).Needs("survey_responses:write").MayAnswer(409, "survey_answered").MayAnswer(409, "survey_over").Describe("Record a survey response",
            "Answers that came another way than by the survey's page: in your chat, at the till, on the phone. Of an invitation the first answer counts, wherever it is given: 409 `survey_answered` afterwards. A CSAT score about a ticket is the ticket's `satisfaction` a moment later. 422 names an answer that is not on the scale, is missing, or is not asked for after the others. `survey.answered`, and `survey.low_score` where that is so.");
        responses.MapGet("/follow_ups", ChangeFollowUp.List).WithName("ListSurveyFollowUps").Needs("survey_responses:read").Lists(SurveyFollowUp.List).Describe("List follow-ups",
            "Low scores that somebody is to talk to the customer about, those opened last first: who, until when, and what came of it.");
        responses.MapGet("/{survey_response_id}", Show).WithName("ShowSurveyResponse").Needs("survey_responses:read").Describe("Show a survey response",
            "What somebody answered, and how the words they wrote sound: with the words that say so.");
        responses.MapDelete("/{survey_response_id}", Erase).WithName("EraseSurveyResponse").Needs("survey_responses:write").Describe("Erase a survey response",
            "For good, with its follow-up: it counts no more, not for the `satisfaction` of its ticket either. Its invitation cannot be answered again.");
        responses.MapGet("/{survey_response_id}/follow_up", ChangeFollowUp.Show).WithName("ShowSurveyFollowUp").Needs("survey_responses:read").Describe("Show a follow-up",
            "What became of a low score. 404 where nothing was to become of it.");
        responses.MapPatch("/{survey_response_id}/follow_up", ChangeFollowUp.Handle).WithName("ChangeSurveyFollowUp").Needs("survey_responses:write").Describe("Change a follow-up",
            "Who talks to the customer, and what came of it: `state` `closed` needs an `outcome`. Its task is done with it, and whoever does the task, or solves its ticket, closes it.");

        api.MapGet("/surveys/{survey_id}/results", ShowSurveyResults.Handle).WithName("ShowSurveyResults").WithTags("SurveyResponses").Needs("survey_responses:read").MayLag().Describe("Show a survey's results",
            "The score with its interval, how many of those who were asked have answered, the trend, every question, how many answered a part only, and whether loops were closed. At most 366 days. Of an anonymous survey figures of too few answers are left out, and so is what would give them away.");
        api.MapGet("/surveys/{survey_id}/results/groups", ShowResultGroups.Handle).WithName("ShowSurveyResultGroups").WithTags("SurveyResponses").Needs("survey_responses:read").MayLag().Describe("Show a survey's score by group",
            "By agent, team, channel, segment or product, each as it was when the answer was given: who has left a segment since still counts to it.");
        api.MapGet("/customers/{customer_id}/survey_responses", OfCustomer).WithName("ListCustomerSurveyResponses").WithTags("SurveyResponses").Needs("survey_responses:read").Lists(SurveyResponse.List).Describe("List a customer's survey responses",
            "What this customer answered, last first. What they answered to anonymous surveys nobody knows.");
    }

    internal static Task<Page<SurveyResponse>> List(ListQuery query, TenantDb db, CancellationToken ct) => SurveyResponse.List.ReadAsync(query, db, null, ct);

    internal static async Task<Page<SurveyResponse>> OfCustomer([FromRoute(Name = "customer_id")] Id<Customer> customerId, ListQuery query, TenantDb db, CancellationToken ct)
    {
        await ShowCustomer.FindAsync(customerId, db, ct);
        return await SurveyResponse.List.Where(Condition.Of("r.CustomerId = {0}", customerId)).ReadAsync(query, db, null, ct);
    }

    internal static Task<SurveyResponse> Show([FromRoute(Name = "survey_response_id")] Id<SurveyResponse> responseId, TenantDb db, CancellationToken ct) => SurveyResponse.FindAsync(responseId, db, ct);

    internal static async Task<NoContent> Erase([FromRoute(Name = "survey_response_id")] Id<SurveyResponse> responseId, TenantDb db, ResponseWriter writer, CancellationToken ct)
    {
        await writer.EraseAsync(await SurveyResponse.FindAsync(responseId, db, ct), ct);
        return TypedResults.NoContent();
    }
}
