using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Providers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.ProviderCallbacks.Reports;

/// <summary>
/// POST /callbacks/sendgrid/events: the events of the installation's own account, through which many tenants send. Each event brings back the token that
/// its message took along; one without it is nobody's.
/// </summary>
internal static class TakeInstallationEvents
{
    internal static async Task<NoContent> Handle(HttpContext http, CallbackDoor door, IServiceScopeFactory scopes, CancellationToken ct)
    {
        var reports = SendGridEvents.Read(await door.InstallationEventsAsync(http, ct));
        foreach (var ofTenant in reports.GroupBy(report => report.Token))
            if (ofTenant.Key is { } token) await TakeAsync(token, [.. ofTenant], scopes, ct);
        return TypedResults.NoContent();
    }

    private static async Task TakeAsync(string token, IReadOnlyList<ProviderReport> reports, IServiceScopeFactory scopes, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        if (services.GetRequiredService<CallbackAddresses>().Read(token) is not { } providerId || providerId != CallbackAddresses.Installation) return;
        services.GetRequiredService<Caller>().ActAs(new Actor(ActorKind.Job, null, StrictJson.NameOf(ProviderKind.SendGrid)));
        var desk = services.GetRequiredService<ReportDesk>();
        await services.GetRequiredService<TenantDb>().InTransactionAsync(async () =>
        {
            foreach (var report in reports) await desk.TakeAsync(report, ct);
        }, ct);
    }
}
