using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Records;

namespace CustomerCrm.Messages.Sending;

/// <summary>A customer is back from the bin: what had not left goes on from where it was, if the policy still lets it.</summary>
internal sealed class RestoredMessages(TenantDb db, JobQueue jobs) : IRestored
{
    public string Kind => CustomerRecord.Kind.Name;

    public async Task MendAsync(Guid recordId, bool isWhole, CancellationToken ct)
    {
        foreach (var message in await db.QueryAsync<Open>(OpenOf, new { CustomerId = new Id<Customer>(recordId) }, ct))
            await jobs.EnqueueAsync(new SendMessage(message.Id), new JobTerms { RunAt = message.DueAt, UniqueKey = message.Id.ToString() }, ct);
    }

    private sealed record Open
    {
        public required Id<Message> Id { get; init; }
        public required DateTimeOffset DueAt { get; init; }
    }

    private static readonly TenantSql OpenOf = TenantSql.Of("""
        SELECT m.Id, m.DueAt
        FROM Messages m
        WHERE m.TenantId = @TenantId
          AND m.CustomerId = @CustomerId
          AND m.State IN (1, 2, 3)
        """);
}
