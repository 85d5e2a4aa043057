using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.InboundHooks.Deliveries;

/// <summary>All that one hook or storefront has received, taken together.</summary>
internal sealed class ReceiverDeliveries(TenantDb db)
{
    /// <summary>How many there are of each outcome, as the wire calls it.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountsAsync(Guid receiver, CancellationToken ct) =>
        (await db.QueryAsync<Count>(Counts, ArgsOf(receiver), ct)).ToDictionary(count => StrictJson.NameOf((DeliveryOutcome)count.Outcome), count => count.Many);

    /// <summary>That it came stays; what it said does not.</summary>
    public Task ForgetAsync(Guid receiver, CancellationToken ct) => db.ExecuteAsync(Forget, ArgsOf(receiver), ct);

    public Task RemoveAsync(Guid receiver, CancellationToken ct) => db.ExecuteAsync(Remove, ArgsOf(receiver), ct);

    private static object ArgsOf(Guid receiver) => new { ReceiverId = receiver.ToByteArray(bigEndian: true) };

    private sealed record Count
    {
        public required int Outcome { get; init; }
        public required int Many { get; init; }
    }

    private static readonly TenantSql Counts = TenantSql.Of("""
        SELECT d.Outcome, COUNT(*) AS Many
        FROM HookDeliveries d
        WHERE d.TenantId = @TenantId
          AND d.ReceiverId = @ReceiverId
        GROUP BY d.Outcome
        """);

    private static readonly TenantSql Forget = TenantSql.Of("""
        UPDATE HookDeliveries
        SET Body = NULL, HeadersText = NULL, ResultsText = NULL, ErrorsText = NULL
        WHERE TenantId = @TenantId
          AND ReceiverId = @ReceiverId
        """);

    private static readonly TenantSql Remove = TenantSql.Of("DELETE FROM HookDeliveries WHERE TenantId = @TenantId AND ReceiverId = @ReceiverId");
}
