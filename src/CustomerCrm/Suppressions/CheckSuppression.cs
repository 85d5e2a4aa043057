using CustomerCrm.Platform.Data;

namespace CustomerCrm.Suppressions;

/// <summary>POST /v1/suppressions/check: whether something is sent to this address.</summary>
public static class CheckSuppression
{
    public sealed record Answer
    {
        public required bool IsSuppressed { get; init; }

        /// <summary>Null where it is not suppressed.</summary>
        public Suppression? Suppression { get; init; }
    }

    internal static async Task<Answer> Handle(AddressRequest request, SuppressionKey keys, TenantDb db, CancellationToken ct)
    {
        var there = await db.FindAsync<Suppression>(Suppression.ByAddress, new { Channel = request.Channel!.Value, AddressKey = keys.Of(request.Channel.Value, request.Address) }, ct);
        return new Answer { IsSuppressed = there is not null, Suppression = there };
    }
}
