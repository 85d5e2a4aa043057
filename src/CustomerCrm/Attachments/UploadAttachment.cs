using CustomerCrm.Platform.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Attachments;

/// <summary>POST /attachments: a file, before it is part of anything.</summary>
internal static class UploadAttachment
{
    /// <param name="fileName">What the file is called: `receipt.pdf`.</param>
    /// <param name="upload">The file.</param>
    /// <param name="keeper">Writes its row.</param>
    /// <param name="db">Tells when all is written.</param>
    /// <param name="ct">Cancels.</param>
    internal static async Task<Created<Attachment>> Handle([FromQuery(Name = "file_name")] string? fileName, AttachmentUpload upload, AttachmentKeeper keeper, TenantDb db, CancellationToken ct)
    {
        _ = fileName; // was read with the file
        await keeper.AddAsync(upload.Attachment, ct);
        db.AfterCommit(() => upload.IsKept = true);
        return TypedResults.Created($"/v1/attachments/{upload.Attachment.Id}", upload.Attachment);
    }
}
