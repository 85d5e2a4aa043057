using System.ComponentModel.DataAnnotations;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Channels;

/// <summary>POST /channels: a channel that a program of the tenant's carries.</summary>
public static class CreateChannel
{
    /// <example>{"name":"WhatsApp","kind":"social","max_text_length":4096,"max_attachments":1,"max_attachment_bytes":16777216,"attachment_types":["image/jpeg","image/png"],"reply_window_hours":24}</example>
    public sealed record Request
    {
        /// <example>WhatsApp</example>
        [StringLength(100, MinimumLength = 1)] public required string Name { get; init; }

        /// <summary>As what its messages count.</summary>
        [Required] public InteractionChannel? Kind { get; init; }

        /// <summary>The longest text in one message, in UTF-16 characters.</summary>
        [Range(1, ChannelDetails.LongestText)] public int MaxTextLength { get; init; } = 10_000;

        /// <summary>How many files one message may have; 0: none.</summary>
        [Range(0, ChannelDetails.MostAttachments)] public int MaxAttachments { get; init; } = 10;

        /// <summary>How large each of them may be.</summary>
        [Range(0, ChannelDetails.MostAttachmentBytes)] public long MaxAttachmentBytes { get; init; } = 10 << 20;

        /// <summary>Which types they may have; empty: all that can be kept.</summary>
        /// <example>["image/jpeg","image/png"]</example>
        [MaxLength(20)] public IReadOnlyList<string> AttachmentTypes { get; init; } = [];

        /// <summary>How many hours after the customer's last message they may be answered; left out: always.</summary>
        [Range(1, 24 * 365)] public int? ReplyWindowHours { get; init; }
    }

    internal static async Task<Created<Channel>> Handle(Request request, ChannelWriter writer, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var channel = await writer.AddAsync(new Channel
        {
            Id = Id<Channel>.New(), Kind = request.Kind!.Value, IsBuiltIn = false, Name = request.Name, IsEnabled = true, MaxTextLength = request.MaxTextLength, MaxAttachments = request.MaxAttachments,
            MaxAttachmentBytes = request.MaxAttachmentBytes, TypesText = ChannelDetails.TypesText(request.AttachmentTypes), ReplyWindowHours = request.ReplyWindowHours, Revision = 1, CreatedAt = now, UpdatedAt = now,
        }, ct);
        return TypedResults.Created($"/v1/channels/{channel.Id}", channel);
    }
}
