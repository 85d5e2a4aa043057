using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Files;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Attachments;

/// <summary>GET /attachments/{attachment_id}/file, with a key or by a signed link.</summary>
public static class DownloadAttachment
{
    private static readonly TimeSpan lasts = TimeSpan.FromMinutes(15);

    /// <summary>An address that opens without a key, for a while.</summary>
    public sealed record Link
    {
        public required string Url { get; init; }
        public required DateTimeOffset ExpiresAt { get; init; }
    }

    /// <param name="attachmentId">The attachment.</param>
    /// <param name="ticket">Instead of a key: what the signed link holds.</param>
    /// <param name="http">For what is said to the browser.</param>
    /// <param name="db">Reads the attachment.</param>
    /// <param name="files">Where the file is.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ApiProblem">404: there is no such attachment. 410: its file was erased.</exception>
    internal static async Task<IResult> Handle([FromRoute(Name = "attachment_id")] Id<Attachment> attachmentId, string? ticket, HttpContext http, TenantDb db, IFileStore files, CancellationToken ct)
    {
        _ = ticket; // has done its work at the door
        var attachment = await FindKeptAsync(attachmentId, db, files, ct);
        // Whatever it is, no browser may take it for a page of this site.
        http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        http.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.Stream(files.Open(Attachment.StoredName(attachment.Id)), attachment.MediaType, attachment.FileName);
    }

    /// <summary>POST /attachments/{attachment_id}/link</summary>
    internal static async Task<Link> MakeLink(
        [FromRoute(Name = "attachment_id")] Id<Attachment> attachmentId, TenantDb db, IFileStore files, LinkTickets tickets, CurrentTenant tenant, IOptions<PublicOptions> options, CancellationToken ct)
    {
        await FindKeptAsync(attachmentId, db, files, ct);
        return await LinkToAsync(attachmentId, tickets, tenant, options.Value.BaseUrl, ct);
    }

    /// <summary>For who may see what it belongs to.</summary>
    internal static async Task<Link> LinkToAsync(Id<Attachment> attachmentId, LinkTickets tickets, CurrentTenant tenant, string baseUrl, CancellationToken ct)
    {
        var path = $"/v1/attachments/{attachmentId}/file";
        var ticket = await tickets.MakeAsync(tenant, path, lasts, isForOnce: false, ct);
        return new Link { Url = $"{baseUrl}{path}?{LinkTickets.Parameter}={ticket.Text}", ExpiresAt = ticket.ExpiresAt };
    }

    internal static async Task<Attachment> FindAsync(Id<Attachment> attachmentId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<Attachment>(ById, new { AttachmentId = attachmentId }, ct) ?? throw ApiProblem.NotFound("attachment");

    private static async Task<Attachment> FindKeptAsync(Id<Attachment> attachmentId, TenantDb db, IFileStore files, CancellationToken ct)
    {
        var attachment = await FindAsync(attachmentId, db, ct);
        return attachment.ErasedAt is null && files.Has(Attachment.StoredName(attachmentId)) ? attachment
            : throw ApiProblem.Other(410, "attachment_erased", "What the file belonged to was redacted, and the file with it.");
    }

    private static readonly TenantSql ById = Attachment.Matching.Then("AND a.Id = @AttachmentId");
}
