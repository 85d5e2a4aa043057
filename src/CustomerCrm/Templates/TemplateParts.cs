using System.ComponentModel.DataAnnotations;
using CustomerCrm.ContactPolicy;

namespace CustomerCrm.Templates;

/// <summary>What a template is written in, with merge fields in double braces: <c>{{customer.first_name}}</c>.</summary>
public record TemplateParts
{
    internal const int LongestSubject = 500, LongestHtml = 300_000, LongestText = 100_000, LongestSms = 1600, MostDefaults = 100;

    /// <summary>Of the e-mail.</summary>
    /// <example>{{customer.first_name}}, your order is on its way</example>
    [StringLength(LongestSubject, MinimumLength = 1)] public string? Subject { get; init; }

    /// <summary>Of the e-mail. What fields hold is escaped.</summary>
    /// <example>&lt;p>Hello {{customer.first_name}}, it will be there soon.&lt;/p></example>
    [StringLength(LongestHtml, MinimumLength = 1)] public string? Html { get; init; }

    /// <summary>Of the e-mail, for those who read no HTML; made from the HTML if it is left out.</summary>
    /// <example>Hello {{customer.first_name}}, it will be there soon.</example>
    [StringLength(LongestText, MinimumLength = 1)] public string? Text { get; init; }

    /// <summary>The text message.</summary>
    /// <example>Hello {{customer.first_name}}, your order is on its way.</example>
    [StringLength(LongestSms, MinimumLength = 1)] public string? Sms { get; init; }

    /// <summary>What stands for a field that is empty, by the field's name.</summary>
    /// <example>{"customer.first_name":"there"}</example>
    [MaxLength(MostDefaults)] public IReadOnlyDictionary<string, string> Defaults { get; init; } = new Dictionary<string, string>();

    /// <summary>Added to the links of the e-mail; what is left out is the contact policy's.</summary>
    public LinkTags? LinkTags { get; init; }

    internal bool HasEmail => Subject is not null && (Html is not null || Text is not null);

    internal bool HasSms => Sms is not null;

    /// <summary>The parts that there are, by their name on the wire.</summary>
    internal IEnumerable<(string Name, string Text)> Each() =>
        new[] { ("subject", Subject), ("html", Html), ("text", Text), ("sms", Sms) }.Where(p => p.Item2 is not null).Select(p => (p.Item1, p.Item2!));
}
