using CustomerCrm.Platform.Data;
using CustomerCrm.Providers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.ProviderCallbacks.Reports;

/// <summary>POST /callbacks/twilio/status/{token}: what became of one text message.</summary>
internal static class TakeTwilioStatus
{
    internal static async Task<NoContent> Handle(HttpContext http, CallbackDoor door, ReportDesk desk, TenantDb db, TimeProvider clock, CancellationToken ct)
    {
        var provider = await door.OpenAsync(http, ct, ProviderKind.Twilio);
        var parameters = await door.TwilioAsync(http, provider, CallbackAddresses.Status, ct);
        if (TwilioStatuses.Read(parameters, clock.GetUtcNow()) is { } report) await db.InTransactionAsync(() => desk.TakeAsync(report, ct), ct);
        return TypedResults.NoContent();
    }
}
