using CustomerCrm.Interactions;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Sentiment.Reports;
using CustomerCrm.Sentiment.Shifts;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Sentiment;

public static class SentimentRoutes
{
    public static IServiceCollection AddSentiment(this IServiceCollection services) => services
        .AddScoped<SentimentWriter>().AddEventConsumer<SentimentConsumer>().AddJob<ReadSentimentsJob, ReadSentiments>().AddJob<FindShiftsJob, FindShifts>();

    /// <summary>How customers seem to feel, by the words they use: which ones is always said, and a person's word counts more.</summary>
    public static void MapSentiment(this IEndpointRouteBuilder api)
    {
        var sentiment = api.MapGroup("/sentiment").WithTags("Sentiment");
        sentiment.MapPost("/analysis", AnalyseText.Handle).Needs("sentiment:read").ReadsOnly().Describe("Read a text",
            "How its author seems to feel, and every word that says so with what it counts and why. Nothing is kept. English, German and French are read; in other languages only emoji are.");
        sentiment.MapGet("/report", ShowSentimentReport.Handle).Needs("sentiment:read").MayLag().Describe("Show how customers felt",
            "Inbound interactions with a text, day by day in the tenant's zone, at most 366 days. What people corrected counts as they said.");
        sentiment.MapGet("/accuracy", ShowSentimentAccuracy.Handle).Needs("sentiment:read").MayLag().Describe("Show how often it is right",
            "Where people said something of what was read: how often the same, with an interval, and what was taken for what.");
        sentiment.MapGet("/shifts", ListShifts).Lists(SentimentShift.List).Needs("sentiment:read").Describe("List sudden shifts",
            "Each night yesterday and the week that ended with it are compared with the 28 days before. A share of unhappy customers that has changed by more than chance, and by ten points, is listed here and told by `sentiment.shifted`.");

        var ofOne = api.MapGroup("/interactions/{interaction_id}/sentiment").WithTags("Sentiment");
        ofOne.MapGet("/", ShowSentiment).Needs("sentiment:read").Describe("Show an interaction's sentiment",
            "What was read from an inbound interaction, seconds after it was recorded, with the words that say so. 404 where nothing is read: of outbound ones, and of those without a text.");
        ofOne.MapPut("/correction", CorrectSentiment.Handle).Needs("sentiment:write").WithName("CorrectSentiment").Describe("Correct or confirm a sentiment",
            "A person's word counts from now on, whatever is read later. Saying the same as was read confirms it, and both count for the accuracy.");
        ofOne.MapDelete("/correction", CorrectSentiment.Withdraw).Needs("sentiment:write").WithName("WithdrawSentimentCorrection").Produces<InteractionSentiment>().Describe("Withdraw a correction",
            "What was read counts again. Harmless where nobody had said anything.");
    }

    internal static Task<Page<SentimentShift>> ListShifts(ListQuery query, TenantDb db, CancellationToken ct) => SentimentShift.List.ReadAsync(query, db, null, ct);

    internal static Task<InteractionSentiment> ShowSentiment([FromRoute(Name = "interaction_id")] Id<Interaction> interactionId, TenantDb db, CancellationToken ct) =>
        InteractionSentiment.FindAsync(interactionId, db, ct);
}
