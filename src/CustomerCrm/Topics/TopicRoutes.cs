using CustomerCrm.Conversations.Redaction;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.OpenApi.Answering;
using CustomerCrm.Tickets;
using CustomerCrm.Topics.Reading;
using CustomerCrm.Topics.Training;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Topics;

internal static class TopicRoutes
{
    public static IServiceCollection AddTopics(this IServiceCollection services) => services
        .AddSingleton<KnownModels>().AddScoped<TopicBook>().AddScoped<TopicWatcher>().AddScoped<ITicketWatcher>(all => all.GetRequiredService<TopicWatcher>()).AddScoped<IRedactionWatcher, RedactedReads>().AddJob<TrainTopicsJob, TrainTopics>();

    /// <summary>What tickets are about: told apart by people, recognised by a classifier that shows its words and is off until it has evidence.</summary>
    public static void MapTopics(this IEndpointRouteBuilder api)
    {
        var topics = api.MapGroup("/topics").WithTags("Topics");

        topics.MapGet("/", List).WithName("ListTopics").Needs("topics:read").Lists(Topic.List).Describe("List topics",
            "By name, unless `sort` says otherwise.");
        topics.MapPost("/", SaveTopic.Create).WithName("CreateTopic").Needs("topics:write").MayAnswer(409, "too_many_ticket_topics").Describe("Create a topic",
            "Something that tickets can be about. People say it of tickets; once enough solved tickets have it, new ones are recognised.");
        topics.MapGet("/model", ShowStand).WithName("ShowTopicModel").Needs("topics:read").Describe("Show the classifier's evidence",
            "Whether new tickets are recognised, and if not, what is missing: a naive Bayes classifier learns every night from solved tickets of which people have said the topic. It is off until two topics have 20 tickets each and it was right about 70 % of tickets that it had not learnt from (five-fold cross-validation), and more often than always naming the commonest topic would be.");
        topics.MapPost("/trainings", Train).WithName("TrainTopics").Needs("topics:write").Describe("Train the classifier now",
            "As every night, in a job; `GET /v1/topics/model` shows what came of it. A repeat while one waits adds nothing.");
        topics.MapPost("/reading", ShowTicketTopic.Try).WithName("ReadTopic").ReadsOnly().Needs("topics:read").MayAnswer(409, "topics_not_recognised").Describe("Try the classifier on a text",
            "What it would be taken for, with the words that tell it. Nothing is kept.");
        topics.MapGet("/{topic_id}", Show).WithName("ShowTopic").Needs("topics:read").Describe("Show a topic",
            "Its `ETag` is its revision.");
        topics.MapPatch("/{topic_id}", SaveTopic.Handle).WithName("ChangeTopic").Needs("topics:write").Describe("Change a topic",
            "Name or description. Absent members stay.");
        topics.MapDelete("/{topic_id}", SaveTopic.Remove).WithName("RemoveTopic").Needs("topics:write").Describe("Delete a topic",
            "No ticket is about it any more.");
        topics.MapGet("/{topic_id}/words", ShowTicketTopic.WordsOf).WithName("ListTopicWords").Needs("topics:read").Describe("Show a topic's words",
            "The words by which the classifier tells it from the others, each with its weight and how many tickets it stood in.");

        api.MapGet("/tickets/{ticket_id}/topic", ShowTicketTopic.Handle).WithName("ShowTicketTopic").WithTags("Topics").Needs("topics:read").Describe("Explain a ticket's topic",
            "What it was taken for when it was opened, with the words that told it, and what people said.");
        api.MapPut("/tickets/{ticket_id}/topic", ShowTicketTopic.Correct).WithName("SayTicketTopic").WithTags("Topics").Needs("ticket_topics:write").Describe("Say a ticket's topic",
            "Corrects what was read, or confirms it: only what people said is learnt from. null: nobody knows.");
    }

    internal static Task<Page<Topic>> List(ListQuery query, TenantDb db, CancellationToken ct) => Topic.List.ReadAsync(query, db, null, ct);

    internal static Task<Topic> Show([FromRoute(Name = "topic_id")] Id<TicketTopic> topicId, TenantDb db, CancellationToken ct) => Topic.FindAsync(topicId, db, ct);

    internal static Task<ClassifierStand> ShowStand(TopicBook book, CancellationToken ct) => book.StandAsync(ct);

    internal static async Task<Accepted> Train(JobQueue jobs, CancellationToken ct)
    {
        await jobs.EnqueueOnceAsync(new TrainTopics(), "asked", ct);
        return TypedResults.Accepted("/v1/topics/model");
    }
}
