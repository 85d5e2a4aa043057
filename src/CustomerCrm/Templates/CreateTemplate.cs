using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Validation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Templates;

/// <summary>POST /templates</summary>
public static class CreateTemplate
{
    public sealed record Request : TemplateParts, IValidatableObject
    {
        /// <example>order_shipped</example>
        [StringLength(100, MinimumLength = 1), RegularExpression(@"^.*\S.*$")] public required string Name { get; init; }

        [StringLength(500)] public string? Description { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => WrongWith(this);
    }

    /// <summary>A template is an e-mail, a text message or both.</summary>
    internal static IEnumerable<BrokenRule> WrongWith(TemplateParts parts)
    {
        if (!parts.HasSms && parts is { Subject: null, Html: null, Text: null }) yield return new BrokenRule("one_needed", "Write an e-mail (subject with html or text), a text message (sms), or both.", nameof(Request.Subject));
        else if (parts.Subject is null && (parts.Html ?? parts.Text) is not null) yield return new BrokenRule("required", "An e-mail has a subject.", nameof(Request.Subject));
        else if (parts.Subject is not null && !parts.HasEmail) yield return new BrokenRule("one_needed", "An e-mail has html, text or both.", nameof(Request.Html));
    }

    internal static async Task<Created<Template>> Handle(Request request, TemplateWriter writer, CancellationToken ct)
    {
        var template = await writer.CreateAsync(request.Name, request.Description, request, ct);
        return TypedResults.Created($"/v1/templates/{template.Id}", template);
    }
}
