using System.Globalization;
using CustomerCrm.Attachments;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Channels;

/// <summary>Whether something can be said on a channel, by what the channel says of itself. Pure.</summary>
internal static class ChannelRules
{
    /// <summary>What is wrong with a message that is to leave.</summary>
    public static IReadOnlyList<FieldError> WrongWith(Channel channel, string text, IReadOnlyList<Attachment> attachments)
    {
        var errors = new List<FieldError>();
        if (!channel.IsEnabled) errors.Add(new("/channel", "channel_disabled", $"{channel.Name} is switched off."));
        if (string.IsNullOrWhiteSpace(text) && attachments.Count == 0) errors.Add(new("/text", "required", "Say something, or attach a file."));
        if (text.Length > channel.MaxTextLength) errors.Add(new("/text", "too_long", string.Create(CultureInfo.InvariantCulture, $"On {channel.Name} a message has at most {channel.MaxTextLength} characters; this one has {text.Length}.")));
        if (attachments.Count > channel.MaxAttachments)
            errors.Add(new("/attachment_ids", "too_many", channel.MaxAttachments == 0 ? $"On {channel.Name} a message has no files." : string.Create(CultureInfo.InvariantCulture, $"On {channel.Name} a message has at most {channel.MaxAttachments} files.")));
        for (var i = 0; i < attachments.Count; i++)
        {
            var pointer = string.Create(CultureInfo.InvariantCulture, $"/attachment_ids/{i}");
            if (attachments[i].Bytes > channel.MaxAttachmentBytes) errors.Add(new(pointer, "attachment_too_large", string.Create(CultureInfo.InvariantCulture, $"On {channel.Name} a file has at most {channel.MaxAttachmentBytes} bytes.")));
            if (channel.AttachmentTypes is { Count: > 0 } types && !types.Contains(attachments[i].MediaType)) errors.Add(new(pointer, "attachment_type", $"On {channel.Name} a file is one of: {string.Join(", ", types)}."));
        }
        return errors;
    }
}
