using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Records;

namespace CustomerCrm.Platform.Events;

/// <summary>Takes words out of the feed. Webhooks send what stands in it, so what has not been delivered yet, or is replayed, has none either.</summary>
internal sealed class ForgottenEvents(TenantDb db) : IForgets
{
    // Clocks of several processes differ.
    private static readonly TimeSpan margin = TimeSpan.FromMinutes(10);

    public async Task ForgetAsync(IReadOnlyList<string> names, Forgotten what, Guid since, CancellationToken ct)
    {
        foreach (var name in names)
            foreach (var e in await db.QueryAsync<Row>(Naming, new { From = Earlier(since), Name = $"%{name}%" }, ct))
            {
                var wordless = Wordless.Of(e.Data, what, name);
                if (wordless != e.Data) await db.ExecuteAsync(Replace, new { e.Seq, Data = wordless }, ct);
            }
    }

    // Ids begin with the millisecond they were made in.
    private static byte[] Earlier(Guid id)
    {
        var bytes = id.ToByteArray(bigEndian: true);
        var at = (System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16) - (long)margin.TotalMilliseconds;
        var from = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(from, Math.Max(0, at) << 16);
        return from;
    }

    private sealed record Row
    {
        public required long Seq { get; init; }
        public required string Data { get; init; }
    }

    private static readonly TenantSql Naming = TenantSql.Of("""
        SELECT e.Seq, e.Data
        FROM Events e
        WHERE e.TenantId = @TenantId
          AND e.Id >= @From
          AND e.Data LIKE @Name
        ORDER BY e.Seq
        """);

    private static readonly TenantSql Replace = TenantSql.Of("""
        UPDATE Events
        SET Data = @Data
        WHERE TenantId = @TenantId
          AND Seq = @Seq
        """);
}
