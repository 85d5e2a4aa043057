using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Files;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.OpenApi.Answering;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Attachments;

internal static class AttachmentRoutes
{
    public static IServiceCollection AddAttachments(this IServiceCollection services) => services
        .AddScoped<AttachmentKeeper>().AddScoped<AttachmentTies>().AddScoped<AttachmentEraser>().AddJob<SweepAttachmentsJob, SweepAttachments>().AddEventConsumer<AttachmentConsumer>();

    /// <summary>Files of messages and notes: uploaded first, then named where something is written.</summary>
    public static void MapAttachments(this IEndpointRouteBuilder api)
    {
        var attachments = api.MapGroup("/attachments").WithTags("Attachments");

        attachments.MapPost("/", UploadAttachment.Handle).Needs("conversations:write").TakesFile(AttachmentKeeper.MostBytes, AttachmentUpload.MediaTypes).Describe("Upload a file",
            "The body is the file itself, up to 25 MiB. What it is is decided by what it holds: programs and what nobody knows are refused (422 `attachment_type`), markup and scripts are plain text. Name its id in `attachment_ids` of a reply, a note or a message within a day, or it is forgotten; each is part of one entry only. A channel may allow less than this route.");
        attachments.MapGet("/{attachment_id}", Show).WithName("ShowAttachment").Needs("conversations:read").Describe("Show an attachment",
            "What it is called, what it is, how long, and the hash of what it holds.");
        attachments.MapPost("/{attachment_id}/link", DownloadAttachment.MakeLink).WithName("MakeAttachmentLink").Needs("conversations:read").ReadsOnly().MayAnswer(410, "attachment_erased").Describe("Make a download link",
            "A signed address that opens this file, and nothing else, for 15 minutes without a key: for a browser.");
        attachments.MapGet("/{attachment_id}/file", DownloadAttachment.Handle).Needs("conversations:read").TakesTicket().AnswersFile([.. FileSniffing.MediaTypes]).MayAnswer(410, "attachment_erased").Describe("Download an attachment",
            "The file itself, with a key or by a signed link; always to be saved, never to be shown as a page. 410 `attachment_erased` once what it belonged to was redacted.");
    }

    internal static Task<Attachment> Show([FromRoute(Name = "attachment_id")] Id<Attachment> attachmentId, TenantDb db, CancellationToken ct) => DownloadAttachment.FindAsync(attachmentId, db, ct);
}
