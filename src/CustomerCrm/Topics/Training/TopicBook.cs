using System.Collections.Concurrent;
using System.Text.Json;
using CustomerCrm.Analytics.Topics;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Topics.Training;

/// <summary>Keeps trainings and reads the model of the last one.</summary>
internal sealed class TopicBook(TenantDb db, KnownModels known)
{
    public async Task<ClassifierStand> StandAsync(CancellationToken ct) =>
        await LastAsync(ct) is { } last ? JsonSerializer.Deserialize<ClassifierStand>(last.EvidenceText, StrictJson.Options)! : ClassifierStand.Never;

    /// <summary>What new tickets are read by; null: nothing, for want of evidence.</summary>
    public async Task<(Id<TopicTraining> Id, TopicModel Model)?> ModelAsync(CancellationToken ct)
    {
        if (await LastAsync(ct) is not { IsActive: true } last) return null;
        return (last.Id, known.Find(last.Id) ?? known.Remember(last.Id, JsonSerializer.Deserialize<TopicModel>((await db.FindAsync<string>(TextOf, new { last.Id }, ct))!, StrictJson.Options)!));
    }

    public async Task KeepAsync(ClassifierStand stand, TopicModel? model, CancellationToken ct)
    {
        var id = Id<TopicTraining>.New();
        await db.ExecuteAsync(Insert, new
        {
            Id = id, stand.IsActive, stand.Tickets, EvidenceText = JsonSerializer.Serialize(stand, StrictJson.Options), ModelText = model is null ? null : JsonSerializer.Serialize(model, StrictJson.Options), TrainedAt = stand.TrainedAt!.Value,
        }, ct);
        await db.ExecuteAsync(DropOld, new { Id = id }, ct);
    }

    private async Task<TopicTraining?> LastAsync(CancellationToken ct) => await db.QueryTopAsync<TopicTraining>(Latest, 1, null, ct) is [var last] ? last : null;

    private static readonly TenantSql Latest = TenantSql.Of("""
        SELECT m.Id, m.IsActive, m.EvidenceText
        FROM TopicModels m
        WHERE m.TenantId = @TenantId
        ORDER BY m.Id DESC
        """);

    private static readonly TenantSql TextOf = TenantSql.Of("SELECT m.ModelText FROM TopicModels m WHERE m.TenantId = @TenantId AND m.Id = @Id");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO TopicModels (TenantId, Id, IsActive, Tickets, EvidenceText, ModelText, TrainedAt)
        VALUES (@TenantId, @Id, @IsActive, @Tickets, @EvidenceText, @ModelText, @TrainedAt)
        """);

    // Only the last one is asked.
    private static readonly TenantSql DropOld = TenantSql.Of("DELETE FROM TopicModels WHERE TenantId = @TenantId AND Id < @Id");
}

/// <summary>A training, as it is kept.</summary>
internal sealed record TopicTraining : IHasId
{
    public static string Prefix => "ttr";

    public required Id<TopicTraining> Id { get; init; }
    public required bool IsActive { get; init; }
    public required string EvidenceText { get; init; }
}

/// <summary>Models that were read already: one never changes, so it is good in every process for as long as its id is the last.</summary>
internal sealed class KnownModels
{
    private const int Most = 100;
    private readonly ConcurrentDictionary<Id<TopicTraining>, TopicModel> all = new();

    public TopicModel? Find(Id<TopicTraining> id) => all.GetValueOrDefault(id);

    public TopicModel Remember(Id<TopicTraining> id, TopicModel model)
    {
        if (all.Count >= Most) all.Clear();
        return all[id] = model;
    }
}
