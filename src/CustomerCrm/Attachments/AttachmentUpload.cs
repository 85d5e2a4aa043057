using System.Reflection;
using CustomerCrm.Platform.Files;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Attachments;

/// <summary>The file of an upload, on the disk before the request's transaction begins. It is removed again unless the attachment was committed.</summary>
internal sealed class AttachmentUpload
{
    /// <summary>What the request may say of the file. It is not believed: what counts is what the file holds.</summary>
    public static string[] MediaTypes { get; } = ["application/octet-stream", .. FileSniffing.MediaTypes];

    public required Attachment Attachment { get; init; }
    public bool IsKept { get; set; }

    /// <exception cref="ApiProblem">413, 415 or 422: the file cannot be taken.</exception>
    public static async ValueTask<AttachmentUpload> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var media = context.Request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
        if (media is null || !MediaTypes.Contains(media)) throw ApiProblem.Other(415, "media_type_unsupported", "Send the file itself as application/octet-stream, or as what it is.");
        var (keeper, files) = (context.RequestServices.GetRequiredService<AttachmentKeeper>(), context.RequestServices.GetRequiredService<IFileStore>());
        string? name = context.Request.Query["file_name"];
        var upload = new AttachmentUpload { Attachment = await keeper.SaveAsync(context.Request.Body, name, AttachmentKeeper.MostBytes, context.RequestAborted) };
        context.Response.OnCompleted(() =>
        {
            if (!upload.IsKept) files.Remove(Attachment.StoredName(upload.Attachment.Id));
            return Task.CompletedTask;
        });
        return upload;
    }
}
