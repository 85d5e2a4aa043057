using System.ComponentModel.DataAnnotations;
using CustomerCrm.ContactPolicy;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Templates;

/// <summary>PATCH and DELETE /templates/{template_id}. What is queued already stays as it was written.</summary>
public static class ChangeTemplate
{
    public sealed record Request
    {
        /// <example>order_shipped</example>
        [Required, StringLength(100, MinimumLength = 1), RegularExpression(@"^.*\S.*$")] public Change<string> Name { get; init; }

        [StringLength(500)] public Change<string> Description { get; init; }

        /// <example>{{customer.first_name}}, your order is on its way</example>
        [StringLength(TemplateParts.LongestSubject, MinimumLength = 1)] public Change<string> Subject { get; init; }

        /// <example>&lt;p>Hello {{customer.first_name}}, it will be there soon.&lt;/p></example>
        [StringLength(TemplateParts.LongestHtml, MinimumLength = 1)] public Change<string> Html { get; init; }

        /// <example>Hello {{customer.first_name}}, it will be there soon.</example>
        [StringLength(TemplateParts.LongestText, MinimumLength = 1)] public Change<string> Text { get; init; }

        /// <example>Hello {{customer.first_name}}, your order is on its way.</example>
        [StringLength(TemplateParts.LongestSms, MinimumLength = 1)] public Change<string> Sms { get; init; }

        /// <summary>All of them.</summary>
        /// <example>{"customer.first_name":"there"}</example>
        [Required, MaxLength(TemplateParts.MostDefaults)] public Change<IReadOnlyDictionary<string, string>> Defaults { get; init; }

        public Change<LinkTags> LinkTags { get; init; }
    }

    internal static async Task<Template> Handle([FromRoute(Name = "template_id")] Id<Template> templateId, Request request, IfMatch ifMatch, TenantDb db, TemplateWriter writer, CancellationToken ct)
    {
        var current = await Template.FindAsync(templateId, db, ct);
        ifMatch.Check(current.Revision);
        var parts = new TemplateParts
        {
            Subject = request.Subject.Or(current.Subject),
            Html = request.Html.Or(current.Html),
            Text = request.Text.Or(current.Text),
            Sms = request.Sms.Or(current.Sms),
            Defaults = request.Defaults.Or(current.Defaults)!,
            LinkTags = request.LinkTags.Or(current.LinkTags),
        };
        if (CreateTemplate.WrongWith(parts).FirstOrDefault() is { } wrong) throw ApiProblem.Invalid($"/{wrong.MemberNames.First().ToLowerInvariant()}", wrong.Code, wrong.ErrorMessage!);
        return await writer.ChangeAsync(current, request.Name.Or(current.Name)!, request.Description.Or(current.Description), parts, ct);
    }

    internal static async Task<NoContent> Remove([FromRoute(Name = "template_id")] Id<Template> templateId, IfMatch ifMatch, TenantDb db, TemplateWriter writer, CancellationToken ct)
    {
        var current = await Template.FindAsync(templateId, db, ct);
        ifMatch.Check(current.Revision);
        await writer.RemoveAsync(current, ct);
        return TypedResults.NoContent();
    }
}
