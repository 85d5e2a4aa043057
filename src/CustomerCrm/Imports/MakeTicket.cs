using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Imports;

/// <summary>POST /v1/imports/{import_id}/progress_ticket: for who cannot send a header with a stream.</summary>
public static class MakeTicket
{
    private static readonly TimeSpan lasts = TimeSpan.FromMinutes(1);

    /// <summary>An address that opens once, within a minute, without a key.</summary>
    public sealed record Ticket
    {
        public required string Url { get; init; }
        public required DateTimeOffset ExpiresAt { get; init; }
    }

    internal static async Task<Ticket> Handle(
        [FromRoute(Name = "import_id")] Id<Import> importId, ImportStore imports, LinkTickets tickets, CurrentTenant tenant, IOptions<PublicOptions> options, CancellationToken ct)
    {
        await imports.FindAsync(importId, ct);
        var path = $"/v1/imports/{importId}/progress";
        var ticket = await tickets.MakeAsync(tenant, path, lasts, isForOnce: true, ct);
        return new Ticket { Url = $"{options.Value.BaseUrl}{path}?{LinkTickets.Parameter}={ticket.Text}", ExpiresAt = ticket.ExpiresAt };
    }
}
