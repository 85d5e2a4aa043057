using System.ComponentModel.DataAnnotations;
using CustomerCrm.Templates;

namespace CustomerCrm.Messages;

/// <summary>What somebody wrote for one message, with the same fields as templates have: <c>{{customer.first_name}}</c>.</summary>
public sealed record MessageContent
{
    /// <summary>Of an e-mail.</summary>
    /// <example>Your order is on its way</example>
    [StringLength(TemplateParts.LongestSubject, MinimumLength = 1)] public string? Subject { get; init; }

    /// <summary>Of an e-mail.</summary>
    /// <example>&lt;p>It will be there soon.&lt;/p></example>
    [StringLength(TemplateParts.LongestHtml, MinimumLength = 1)] public string? Html { get; init; }

    /// <summary>Of an e-mail; made from the HTML if it is left out.</summary>
    /// <example>It will be there soon.</example>
    [StringLength(TemplateParts.LongestText, MinimumLength = 1)] public string? Text { get; init; }

    /// <summary>A text message.</summary>
    /// <example>Your order is on its way.</example>
    [StringLength(TemplateParts.LongestSms, MinimumLength = 1)] public string? Sms { get; init; }

    /// <summary>What stands for a field that is empty, by the field's name.</summary>
    /// <example>{"customer.first_name":"there"}</example>
    [MaxLength(TemplateParts.MostDefaults)] public IReadOnlyDictionary<string, string> Defaults { get; init; } = new Dictionary<string, string>();
}
