using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Consents;

/// <summary>Which topics there are. A consent to one that does not exist would permit nothing, and nobody would notice.</summary>
internal sealed class TopicNames(TenantDb db)
{
    private Dictionary<string, MessagePurpose>? known;

    /// <exception cref="ApiProblem">422: there is no such topic, or it is of another purpose.</exception>
    public async Task CheckAsync(string topic, MessagePurpose purpose, CancellationToken ct)
    {
        if (topic.Length == 0) return;
        known ??= (await db.QueryAsync<Topic>(All, null, ct)).ToDictionary(one => one.Name, one => one.Purpose, StringComparer.Ordinal);
        if (!known.TryGetValue(topic, out var its)) throw ApiProblem.Invalid("/topic", "unknown_topic", "There is no such topic. POST /v1/consent_topics makes one.");
        if (its != purpose) throw ApiProblem.Invalid("/purpose", "purpose_mismatch", "The topic is of another purpose.");
    }

    private sealed record Topic
    {
        public required string Name { get; init; }
        public required MessagePurpose Purpose { get; init; }
    }

    private static readonly TenantSql All = TenantSql.Of("SELECT t.Name, t.Purpose FROM ConsentTopics t WHERE t.TenantId = @TenantId");
}
