using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.OpenApi.Answering;

namespace CustomerCrm.ConsentTopics;

internal static class ConsentTopicRoutes
{
    /// <summary>What customers can say yes or no to by itself, as their preference page shows it.</summary>
    public static void MapConsentTopics(this IEndpointRouteBuilder api)
    {
        var topics = api.MapGroup("/consent_topics").WithTags("ConsentTopics");
        topics.MapGet("/", ListConsentTopics.Handle).Needs("consent_topics:read").Lists(ListConsentTopics.List).Describe("List topics",
            "All topics, the oldest first, which is the order in which the preference page shows the public ones.");
        topics.MapPost("/", CreateConsentTopic.Handle).Needs("consent_topics:write").MayAnswer(409, "topic_exists").Describe("Create a topic",
            "A topic has a name for programs, which never changes, and a title for customers. At most 100.");
        topics.MapGet("/{consent_topic_id}", ListConsentTopics.Show).WithName("ShowConsentTopic").Needs("consent_topics:read").Describe("Show a topic",
            "One topic, and whether customers see it. Its `ETag` is its revision, for `If-Match`.");
        topics.MapPatch("/{consent_topic_id}", ChangeConsentTopic.Handle).Needs("consent_topics:write").Describe("Change a topic",
            "What customers read of it, whether they see it, and what holds for those who never said anything. Name and purpose stay, since consents were given for them.");
        topics.MapDelete("/{consent_topic_id}", ChangeConsentTopic.Remove).WithName("RemoveConsentTopic").Needs("consent_topics:write").MayAnswer(409, "topic_in_use").Describe("Delete a topic",
            "Only while nobody has said yes or no to it. Later, `is_public: false` takes it off the preference page.");
    }
}
