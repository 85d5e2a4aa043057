using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Channels;

/// <summary>PATCH and DELETE /channels/{channel_id}</summary>
public static class ChangeChannel
{
    public sealed record Request
    {
        /// <example>WhatsApp</example>
        [Required, StringLength(100, MinimumLength = 1)] public Change<string> Name { get; init; }

        public Change<bool> IsEnabled { get; init; }

        /// <summary>Of the e-mail channel alone: where customers write to.</summary>
        /// <example>help@shop.example</example>
        [StringLength(254, MinimumLength = 3)] public Change<string> Address { get; init; }

        [Required, Range(1, ChannelDetails.LongestText)] public Change<int> MaxTextLength { get; init; }
        [Required, Range(0, ChannelDetails.MostAttachments)] public Change<int> MaxAttachments { get; init; }
        [Required, Range(0, ChannelDetails.MostAttachmentBytes)] public Change<long> MaxAttachmentBytes { get; init; }

        /// <summary>Null or empty: all that can be kept.</summary>
        /// <example>["image/jpeg","image/png"]</example>
        [MaxLength(20)] public Change<IReadOnlyList<string>> AttachmentTypes { get; init; }

        /// <summary>Null: they may always be answered.</summary>
        [Range(1, 24 * 365)] public Change<int?> ReplyWindowHours { get; init; }
    }

    internal static async Task<Channel> Handle([FromRoute(Name = "channel_id")] Id<Channel> channelId, Request request, IfMatch ifMatch, ChannelReader reader, ChannelWriter writer, CancellationToken ct)
    {
        var current = await reader.FindAsync(channelId, ct);
        ifMatch.Check(current.Revision);
        return await writer.ChangeAsync(current, current with
        {
            Name = request.Name.Or(current.Name)!,
            IsEnabled = request.IsEnabled.Or(current.IsEnabled),
            Address = request.Address.Or(current.Address),
            MaxTextLength = request.MaxTextLength.Or(current.MaxTextLength),
            MaxAttachments = request.MaxAttachments.Or(current.MaxAttachments),
            MaxAttachmentBytes = request.MaxAttachmentBytes.Or(current.MaxAttachmentBytes),
            TypesText = request.AttachmentTypes.IsSet ? ChannelDetails.TypesText(request.AttachmentTypes.Value) : current.TypesText,
            ReplyWindowHours = request.ReplyWindowHours.Or(current.ReplyWindowHours),
        }, ct);
    }

    /// <exception cref="ApiProblem">409: one of the usual ones.</exception>
    internal static async Task<NoContent> Remove([FromRoute(Name = "channel_id")] Id<Channel> channelId, IfMatch ifMatch, ChannelReader reader, ChannelWriter writer, CancellationToken ct)
    {
        var current = await reader.FindAsync(channelId, ct);
        ifMatch.Check(current.Revision);
        if (current.IsBuiltIn) throw ApiProblem.Conflict("built_in_channel", "This channel is always there. Switch it off with is_enabled.");
        await writer.RemoveAsync(current, ct);
        return TypedResults.NoContent();
    }
}
