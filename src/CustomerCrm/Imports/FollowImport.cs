using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Imports;

/// <summary>GET /v1/imports/{import_id}/progress: server-sent events until nothing goes on any more.</summary>
internal static class FollowImport
{
    private static readonly TimeSpan every = TimeSpan.FromMilliseconds(500), longest = TimeSpan.FromMinutes(10);

    /// <param name="importId">The import.</param>
    /// <param name="ticket">Instead of a key: what the address of a ticket holds.</param>
    /// <param name="imports">Where imports are kept.</param>
    /// <param name="scopes">For a look of its own each time.</param>
    /// <param name="clock">The time.</param>
    /// <param name="ct">Ends the stream.</param>
    /// <exception cref="Platform.Problems.ApiProblem">404: there is no such import.</exception>
    internal static async Task<ServerSentEventsResult<Progress>> Handle([FromRoute(Name = "import_id")] Id<Import> importId, string? ticket, ImportStore imports, TenantScopes scopes, TimeProvider clock, CancellationToken ct)
    {
        _ = ticket; // has done its work at the door
        await imports.FindAsync(importId, ct); // before the answer begins
        return TypedResults.ServerSentEvents(ChangesAsync(importId, scopes, clock, ct));
    }

    // A look of its own each time, so that no connection is held between them. Whoever is still there after ten minutes connects again.
    private static async IAsyncEnumerable<SseItem<Progress>> ChangesAsync(Id<Import> importId, TenantScopes scopes, TimeProvider clock, [EnumeratorCancellation] CancellationToken ct)
    {
        var (started, seen) = (clock.GetTimestamp(), -1);
        while (clock.GetElapsedTime(started) < longest && await LookAsync(importId, scopes, ct) is { } import)
        {
            if (import.Revision != seen) yield return new SseItem<Progress>(Progress.Of(import), "progress") { EventId = $"{import.Revision}" };
            seen = import.Revision;
            if (!ImportLife.IsAtWork(import.Status)) yield break;
            await Task.Delay(every, clock, ct);
        }
    }

    private static async Task<Import?> LookAsync(Id<Import> importId, TenantScopes scopes, CancellationToken ct)
    {
        await using var scope = scopes.Create();
        return await scope.ServiceProvider.GetRequiredService<ImportStore>().LookAsync(importId, ct);
    }
}
