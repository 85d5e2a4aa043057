using CustomerCrm.Attachments;
using CustomerCrm.Channels;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Access.Limits;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Chat;

/// <summary>POST /chat/attachments: a visitor's file, before it is said what for.</summary>
internal static class UploadChatFile
{
    /// <param name="fileName">What the file is called.</param>
    /// <param name="pass">Whose file.</param>
    /// <param name="upload">The file.</param>
    /// <param name="limits">How many.</param>
    /// <param name="options">How many, too.</param>
    /// <param name="channels">What the chat takes.</param>
    /// <param name="keeper">Writes its row.</param>
    /// <param name="ct">Cancels.</param>
    internal static async Task<Created<Attachment>> Handle(
        [FromQuery(Name = "file_name")] string? fileName, VisitorPass pass, AttachmentUpload upload, NamedLimits limits, IOptions<ChatOptions> options, ChannelReader channels, AttachmentKeeper keeper, CancellationToken ct)
    {
        _ = fileName; // was read with the file
        limits.Take("chat_files", pass.Visitor.Id.ToString(), options.Value.Files);
        var (channel, file) = (await channels.OfAsync(InteractionChannel.Chat, null, ct), upload.Attachment with { VisitorId = pass.Key });
        if (channel.MaxAttachments == 0) throw ApiProblem.Invalid("", "too_many", "No files are taken in the chat.");
        if (file.Bytes > channel.MaxAttachmentBytes) throw ApiProblem.Other(413, "body_too_large", $"In the chat a file has at most {channel.MaxAttachmentBytes} bytes.");
        if (channel.AttachmentTypes is { Count: > 0 } types && !types.Contains(file.MediaType)) throw ApiProblem.Invalid("", "attachment_type", $"In the chat a file is one of: {string.Join(", ", types)}.");
        await keeper.AddAsync(file, ct);
        upload.IsKept = true;
        return TypedResults.Created("/v1/chat", file);
    }
}
