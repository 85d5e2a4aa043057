using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.ConsentTopics;

/// <summary>GET /v1/consent_topics, and one of them.</summary>
internal static class ListConsentTopics
{
    internal static Task<Page<ConsentTopic>> Handle(ListQuery query, TenantDb db, CancellationToken ct) => List.ReadAsync(query, db, null, ct);

    internal static Task<ConsentTopic> Show([FromRoute(Name = "consent_topic_id")] Id<ConsentTopic> topicId, TenantDb db, CancellationToken ct) => ConsentTopic.FindAsync(topicId, db, ct);

    internal static readonly ListOf<ConsentTopic> List = ListOf<ConsentTopic>.From(ConsentTopic.Matching, "t.Id", topic => topic.Id.ToBytes())
        .SortedBy("created_at", "t.CreatedAt", topic => topic.CreatedAt)
        .FilteredBy("name", "t.Name", FilterType.Text(50, "newsletter"), Operators.Equal | Operators.In)
        .FilteredBy("purpose", "t.Purpose", FilterType.OneOf<MessagePurpose>(), Operators.Equal)
        .FilteredBy("is_public", "t.IsPublic", FilterType.Boolean, Operators.Equal);
}
