using System.Diagnostics;
using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Tenancy;

namespace CustomerCrm.Platform.Events;

/// <summary>
/// What happened, one row for each change, in the change's own transaction: if that is undone, nothing happened.
/// The feed, webhooks, automations and segment membership all read these rows.
/// </summary>
public sealed class EventLog(TenantDb db, CurrentTenant tenant, BusSignal signal, TimeProvider clock)
{
    private readonly List<Row> recorded = [];

    /// <summary>History is being loaded (<c>Crm-Quiet: true</c>): recorded, but it starts nothing.</summary>
    public bool IsQuiet { get; set; }

    /// <summary>What an automation does says what made it do so.</summary>
    public EventCause? Cause { get; set; }

    /// <param name="type"><c>resource.action</c> in the past tense: <c>order.paid</c>.</param>
    /// <param name="data">The resource as the API shows it.</param>
    /// <param name="customerId">Whose timeline it belongs to.</param>
    /// <exception cref="InvalidOperationException">No transaction is open.</exception>
    public void Record(string type, object data, Guid? customerId = null)
    {
        if (recorded.Count == 0) db.BeforeCommit(WriteAsync, undone: recorded.Clear);
        recorded.Add(new Row
        {
            Id = Id<Event>.New(),
            Type = type,
            CustomerId = customerId?.ToByteArray(bigEndian: true),
            IsQuiet = IsQuiet,
            OccurredAt = clock.GetUtcNow(),
            TraceId = Activity.Current?.TraceId.ToHexString(),
            CauseId = Cause?.Id,
            CauseDepth = Cause?.Depth,
            Data = JsonSerializer.Serialize(data, data.GetType(), StrictJson.Options),
        });
    }

    // Last in the transaction: from here to the commit no other writer of this tenant gets a number, so that
    // numbers become visible in their order. On SQL Server the row lock of Advance does it, on SQLite the one writer.
    private async Task WriteAsync(CancellationToken ct)
    {
        var rows = recorded.ToArray();
        recorded.Clear();
        await db.ExecuteAsync(Advance, new { rows.Length }, ct);
        for (var i = 0; i < rows.Length; i++)
            await db.ExecuteAsync(Append, rows[i] with { Back = rows.Length - 1 - i }, ct);
        db.AfterCommit(() => signal.Turns.Ring(tenant.Id));
    }

    private sealed record Row
    {
        public required Id<Event> Id { get; init; }
        public required string Type { get; init; }
        public required byte[]? CustomerId { get; init; }
        public required bool IsQuiet { get; init; }
        public required DateTimeOffset OccurredAt { get; init; }
        public required string? TraceId { get; init; }
        public required string? CauseId { get; init; }
        public required int? CauseDepth { get; init; }
        public required string Data { get; init; }
        public int Back { get; init; }
    }

    private static readonly TenantSql Advance = TenantSql.Of("""
        UPDATE EventHeads
        SET LastSeq = LastSeq + @Length
        WHERE TenantId = @TenantId
        """);

    private static readonly TenantSql Append = TenantSql.Of("""
        INSERT INTO Events (TenantId, Seq, Id, Type, CustomerId, IsQuiet, OccurredAt, TraceId, CauseId, CauseDepth, Data)
        SELECT h.TenantId, h.LastSeq - @Back, @Id, @Type, @CustomerId, @IsQuiet, @OccurredAt, CAST(@TraceId AS NVARCHAR(32)), CAST(@CauseId AS NVARCHAR(40)), CAST(@CauseDepth AS INT), @Data
        FROM EventHeads h
        WHERE h.TenantId = @TenantId
        """);
}

/// <summary>What made a change that nobody asked for: a firing of a rule.</summary>
/// <param name="Id">Of the firing, as the API writes it.</param>
/// <param name="Depth">1 for the effects of a rule, 2 for those of a rule that answered such an effect, and so on.</param>
public sealed record EventCause(string Id, int Depth);
