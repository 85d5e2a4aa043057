using CustomerCrm.Platform.Data;
using CustomerCrm.Providers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.ProviderCallbacks.Reports;

/// <summary>POST /callbacks/sendgrid/events/{token}: a batch of events, taken whole or not at all.</summary>
internal static class TakeSendGridEvents
{
    internal static async Task<NoContent> Handle(HttpContext http, CallbackDoor door, ReportDesk desk, TenantDb db, CancellationToken ct)
    {
        var provider = await door.OpenAsync(http, ct, ProviderKind.SendGrid);
        var reports = SendGridEvents.Read(await door.SendGridAsync(http, provider, ct));
        await db.InTransactionAsync(async () =>
        {
            foreach (var report in reports) await desk.TakeAsync(report, ct);
        }, ct);
        return TypedResults.NoContent();
    }
}
