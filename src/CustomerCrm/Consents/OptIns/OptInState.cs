using CustomerCrm.Messages;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Consents.OptIns;

/// <summary>What became of the message that asks for a confirmation. Where it was refused or failed nobody was asked: mend that, and ask again.</summary>
public sealed record OptInState
{
    public required Id<Message> MessageId { get; init; }

    public required MessageState State { get; init; }

    /// <summary>Why it stands there: the rule of the contact policy, or what the provider said.</summary>
    /// <example>suppression</example>
    public string? Code { get; init; }

    /// <summary>Nobody was asked.</summary>
    internal bool IsInVain => State is MessageState.Refused or MessageState.Failed or MessageState.Cancelled;
}

/// <summary>Looks such messages up.</summary>
internal sealed class OptInStates(TenantDb db)
{
    /// <returns>By the entry's id; entries of which there is no message are not there.</returns>
    public async Task<IReadOnlyDictionary<string, OptInState>> OfAsync(IReadOnlyCollection<ConsentEntry> asked, CancellationToken ct) => asked.Count == 0
        ? new Dictionary<string, OptInState>()
        : (await db.QueryAsync<Row>(Asking, new { asked.First().CustomerId, Since = asked.Min(entry => entry.RecordedAt) }, ct))
            .GroupBy(row => row.EntryId).ToDictionary(rows => rows.Key, rows => rows.Last().State);

    private sealed record Row
    {
        public required string EntryId { get; init; }
        public required Id<Message> MessageId { get; init; }
        public required MessageState MessageState { get; init; }
        public required string? Code { get; init; }

        public OptInState State => new() { MessageId = MessageId, State = MessageState, Code = Code };
    }

    // The last one counts: where one was in vain, there may be another.
    private static readonly TenantSql Asking = TenantSql.Of("""
        SELECT m.ReasonId AS EntryId, m.Id AS MessageId, m.State AS MessageState, m.Code
        FROM Messages m
        WHERE m.TenantId = @TenantId
          AND m.CustomerId = @CustomerId
          AND m.CreatedAt >= @Since
          AND m.ReasonKind = 'double_opt_in'
          AND m.ReasonId IS NOT NULL
        ORDER BY m.CreatedAt, m.Id
        """);
}
