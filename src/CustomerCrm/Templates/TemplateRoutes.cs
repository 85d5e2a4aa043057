using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.OpenApi.Answering;
using CustomerCrm.Templates.Fields;
using CustomerCrm.Templates.Rendering;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Templates;

internal static class TemplateRoutes
{
    internal static readonly ListOf<Template> List = ListOf<Template>.From(Template.All, "t.Id", template => template.Id.ToBytes())
        .SortedBy("created_at", "t.CreatedAt", template => template.CreatedAt, isDescending: true)
        .SortedBy("name", "t.NameKey", template => Template.KeyOf(template.Name));

    public static IServiceCollection AddTemplates(this IServiceCollection services) => services
        .AddScoped<TemplateWriter>().AddScoped<TemplateCheck>().AddScoped<MergeValues>().AddScoped<OptOutReading>().AddScoped<MessageRendering>().AddSingleton<TemplateEngine>();

    /// <summary>What messages are made of: e-mails and text messages with fields for the customer, their figures, orders and tickets.</summary>
    public static void MapTemplates(this IEndpointRouteBuilder api)
    {
        var templates = api.MapGroup("/templates").WithTags("Templates");

        templates.MapGet("/", ListTemplates).Needs("templates:read").Lists(List).Describe("List templates",
            "Those made last first, each as it is now.");
        templates.MapPost("/", CreateTemplate.Handle).Needs("templates:write").MayAnswer(409, "template_exists").Describe("Create a template",
            "Handlebars with fields, `{{#if}}`, `{{#unless}}`, `{{#each}}` and nothing else; values are escaped in HTML. 422 names part, line and reason of what is unknown, or may be empty and has neither a default nor an `{{#if}}`. Links are tagged; marketing always gets links to unsubscribe and to the preferences.");
        templates.MapGet("/fields", ListFields.Handle).WithName("ListMergeFields").Needs("templates:read").Describe("List merge fields",
            "All that a template can say, with a sample of each; beside them `customer.custom_fields.` or `ticket.custom_fields.` and the name of a field of your own, and `data.` and whatever is sent with the message.");
        templates.MapGet("/{template_id}", ShowTemplate).Needs("templates:read").Describe("Show a template",
            "As it is now, with the number of its version. Its `ETag` is its revision, for `If-Match`.");
        templates.MapPatch("/{template_id}", ChangeTemplate.Handle).Needs("templates:write").MayAnswer(409, "template_exists").Describe("Change a template",
            "Absent members stay; null takes a part away. What is written in it becomes a new version; messages that are queued stay as they were written.");
        templates.MapDelete("/{template_id}", ChangeTemplate.Remove).WithName("RemoveTemplate").Needs("templates:write").Describe("Delete a template",
            "Nothing more is made of it, and its name is free. Messages keep what was written in them.");
        templates.MapGet("/{template_id}/versions", TemplateVersion.Handle).WithName("ListTemplateVersions").Needs("templates:read").Lists(TemplateVersion.List).Describe("List a template's versions",
            "All that was ever written in it and by whom, the latest first.");
        templates.MapGet("/{template_id}/versions/{template_version_id}", TemplateVersion.Show).WithName("ShowTemplateVersion").Needs("templates:read").Describe("Show a template's version",
            "What was written in it then. A message's `template_version_id` says which it was made of.");
        templates.MapPost("/{template_id}/preview", PreviewTemplate.Handle).ReadsOnly().Needs("templates:read").Describe("Preview a template",
            "As a real customer would get it, or a sample one; with the number of parts that a text message is sent in. Nothing is sent. What has no value is left empty and named in `missing`.");
    }

    internal static Task<Page<Template>> ListTemplates(ListQuery query, TenantDb db, CancellationToken ct) => List.ReadAsync(query, db, null, ct);

    internal static Task<Template> ShowTemplate([FromRoute(Name = "template_id")] Id<Template> templateId, TenantDb db, CancellationToken ct) => Template.FindAsync(templateId, db, ct);
}
