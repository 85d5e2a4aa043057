using System.Globalization;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Platform.Http;

/// <summary>
/// Lists and reports may be read from a secondary, where there is one. <c>Crm-Read: current</c> says that this one may not, and
/// <c>Crm-As-Of</c> says up to when the answer knows all.
/// </summary>
internal sealed class LagMiddleware(RequestDelegate next, Databases databases)
{
    public const string Request = "Crm-Read", Answer = "Crm-As-Of";

    private readonly bool hasSecondary = databases.All.Any(d => d.Secondary is not null);

    public Task InvokeAsync(HttpContext http)
    {
        if (!hasSecondary && !http.Request.Headers.ContainsKey(Request)) return next(http);
        if (http.GetEndpoint()?.Metadata is not { } says || !MayLag(says) || WantsCurrent(http.Request) || !hasSecondary) return next(http);
        var db = http.RequestServices.GetRequiredService<TenantDb>();
        db.MayLag();
        http.Response.OnStarting(() =>
        {
            if (db.AsOf is { } moment) http.Response.Headers[Answer] = moment.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        });
        return next(http);
    }

    internal static bool MayLag(EndpointMetadataCollection says) => says.GetMetadata<CurrentMarker>() is null && (says.GetMetadata<LagMarker>() ?? (object?)says.GetMetadata<IListDefinition>()) is not null;

    private static bool WantsCurrent(HttpRequest request) => request.Headers.TryGetValue(Request, out var sent)
        && (sent.ToString() == "current" ? true : throw ApiProblem.BadRequest("read_invalid", $"{Request} is current, or not there."));
}
