using CustomerCrm.ContactPolicy;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Templates.Fields;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Templates.Rendering;

/// <summary>From a template, or from what somebody wrote themselves, to the message as it leaves.</summary>
internal sealed class MessageRendering(
    MergeValues merge, TemplateEngine engine, TemplateCheck check, CustomerLinks links, OptOutReading optOut, ContactPolicies policies, IOptions<PublicOptions> options)
{
    private const int LongestSms = 1600;

    public CustomerAddresses? AddressesOf(Id<Customer>? customerId, MessageChannel channel, MessagePurpose purpose, string? topic) => customerId is { } who
        ? new CustomerAddresses(links.UnsubscribeUrl(who, channel, purpose, topic), links.OneClickUrl(who, channel, purpose, topic), links.PreferencesUrl(who))
        : null;

    /// <exception cref="ApiProblem">404, 422: it cannot be written for this customer; nothing was sent.</exception>
    public async Task<RenderedMessage> OfTemplateAsync(TemplateParts parts, RenderingTerms terms, MergeSource source, CancellationToken ct)
    {
        if (terms.Channel == MessageChannel.Email ? !parts.HasEmail : !parts.HasSms)
            throw ApiProblem.Invalid("/channel", "not_in_template", terms.Channel == MessageChannel.Email ? "The template has no e-mail." : "The template has no text message.");
        var uses = UsesOf(parts, terms.Channel);
        var values = await merge.OfAsync(source, uses, ct);
        if (MergeTree.Complete(values, uses, parts.Defaults) is { Count: > 0 } missing)
            throw ApiProblem.Invalid([.. missing.Select(field => new FieldError($"/{field.Replace('.', '/')}", "merge_field_missing", $"The template says {field}, and there is none."))]);
        return await FinishAsync(Written(parts, terms.Channel, values), terms with { LinkTags = terms.LinkTags?.Over(parts.LinkTags) ?? parts.LinkTags }, source.Links, ct);
    }

    /// <summary>Of a template that was written for this message alone, and so nobody has checked yet.</summary>
    /// <exception cref="ApiProblem">As <see cref="OfTemplateAsync"/>; 422, too: it has fields that there are not, or that may be empty.</exception>
    public async Task<RenderedMessage> OfWrittenAsync(TemplateParts parts, RenderingTerms terms, MergeSource source, CancellationToken ct)
    {
        await check.CheckAsync(parts, "/content", ct);
        return await OfTemplateAsync(parts, terms, source, ct);
    }

    /// <summary>What somebody wrote themselves: no fields, everything as it stands.</summary>
    public Task<RenderedMessage> OfContentAsync(RenderedMessage content, RenderingTerms terms, CustomerAddresses? addresses, CancellationToken ct) => FinishAsync(content, terms, addresses, ct);

    internal static IReadOnlyList<MergeUse> UsesOf(TemplateParts parts, MessageChannel channel) =>
        [.. parts.Each().Where(part => part.Name == "sms" == (channel == MessageChannel.Sms)).SelectMany(part => TemplateReading.Of(part.Text).Uses)];

    /// <exception cref="ApiProblem">422: too long.</exception>
    internal RenderedMessage Written(TemplateParts parts, MessageChannel channel, Dictionary<string, object?> values)
    {
        try
        {
            return channel == MessageChannel.Sms ? new RenderedMessage { Sms = engine.Plain(parts.Sms!, values) } : new RenderedMessage
            {
                Subject = engine.Plain(parts.Subject!, values),
                Html = parts.Html is null ? null : engine.Html(parts.Html, values),
                Text = parts.Text is null ? null : engine.Plain(parts.Text, values),
            };
        }
        catch (TemplateTooLongException e)
        {
            throw ApiProblem.Invalid("/data", "too_long", e.Message);
        }
    }

    internal async Task<RenderedMessage> FinishAsync(RenderedMessage written, RenderingTerms terms, CustomerAddresses? addresses, CancellationToken ct)
    {
        if (terms.Channel == MessageChannel.Sms)
        {
            var sms = written.Sms!.Trim();
            if (sms.Length > 0 && terms.Purpose == MessagePurpose.Marketing && addresses is not null)
                sms = SmsOptOut.Added(sms, await optOut.WordsAsync(terms.CustomerId, ct), addresses, await optOut.CanBeAnsweredAsync(ct));
            if (sms.Length is 0 or > LongestSms) throw ApiProblem.Invalid("/sms", sms.Length == 0 ? "too_short" : "too_long", $"A text message has 1 to {LongestSms} characters.");
            return new RenderedMessage { Sms = sms };
        }
        var (ourBase, policy) = (options.Value.BaseUrl, await policies.CurrentAsync(ct));
        var tags = (terms.LinkTags ?? new LinkTags()).Over(policy.LinkTags);
        var html = written.Html is null ? null : LinkTagging.InHtml(written.Html, tags, ourBase);
        var text = written.Text is null ? PlainText.Of(html!) : LinkTagging.InText(written.Text, tags, ourBase);
        // What a field holds may have line breaks; a subject must not.
        var subject = string.Join(' ', written.Subject!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (subject.Length is 0 or > TemplateParts.LongestSubject) throw ApiProblem.Invalid("/subject", subject.Length == 0 ? "too_short" : "too_long", $"A subject has 1 to {TemplateParts.LongestSubject} characters.");
        if (terms.Purpose != MessagePurpose.Marketing || addresses is null) return new RenderedMessage { Subject = subject, Html = html, Text = text };
        var words = await optOut.WordsAsync(terms.CustomerId, ct);
        return new RenderedMessage
        {
            Subject = subject,
            Html = html is null ? null : MarketingFooter.InHtml(html, addresses, words),
            Text = MarketingFooter.InText(text, addresses, words),
            Headers = MarketingFooter.Headers(addresses),
        };
    }
}

/// <summary>What a message is, for whoever writes it.</summary>
internal sealed record RenderingTerms
{
    /// <summary>Whose language is written; null: the tenant's.</summary>
    public Id<Customer>? CustomerId { get; init; }

    public required MessageChannel Channel { get; init; }
    public required MessagePurpose Purpose { get; init; }
    public LinkTags? LinkTags { get; init; }
}
