using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Templates;
using CustomerCrm.Templates.Rendering;

namespace CustomerCrm.Messages;

/// <summary>What somebody wrote for this one message: whether it is enough for its channel, and as what it is read. Pure.</summary>
internal static class DraftContent
{
    /// <returns>As a template; null where it is to be sent as it stands, or has no fields.</returns>
    /// <exception cref="ApiProblem">422: something is missing.</exception>
    public static TemplateParts? Merged(MessageDraft draft)
    {
        var content = Checked(draft);
        string?[] texts = [content.Subject, content.Html, content.Text, content.Sms];
        if (!draft.MergesContent || !texts.Any(text => text?.Contains("{{", StringComparison.Ordinal) == true)) return null;
        return new TemplateParts { Subject = content.Subject, Html = content.Html, Text = content.Text, Sms = content.Sms, Defaults = content.Defaults };
    }

    /// <summary>Every character of it.</summary>
    /// <exception cref="ApiProblem">422: something is missing.</exception>
    public static RenderedMessage AsItStands(MessageDraft draft)
    {
        var content = Checked(draft);
        return new RenderedMessage { Subject = content.Subject, Html = content.Html, Text = content.Text, Sms = content.Sms };
    }

    private static MessageContent Checked(MessageDraft draft)
    {
        var content = draft.Content ?? throw ApiProblem.Invalid("/template_id", "one_needed", "Say what to send: template_id, template or content.");
        if (draft.Channel == MessageChannel.Sms && content.Sms is null) throw ApiProblem.Invalid("/content/sms", "required", "Write the text message.");
        if (draft.Channel == MessageChannel.Email && content.Subject is null) throw ApiProblem.Invalid("/content/subject", "required", "An e-mail has a subject.");
        if (draft.Channel == MessageChannel.Email && (content.Html ?? content.Text) is null) throw ApiProblem.Invalid("/content/text", "one_needed", "An e-mail has html, text or both.");
        return content;
    }
}
