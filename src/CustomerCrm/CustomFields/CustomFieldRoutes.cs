using CustomerCrm.CustomFields.Owners;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.OpenApi.Answering;
using CustomerCrm.Platform.Records;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.CustomFields;

public static class CustomFieldRoutes
{
    internal static readonly ListOf<CustomField> List = ListOf<CustomField>.From(CustomField.All, "d.Id", field => field.Id.ToBytes())
        .SortedBy("created_at", "d.CreatedAt", field => field.CreatedAt)
        .SortedBy("name", "d.Name", field => field.Name)
        .FilteredBy("resource", "d.Resource", FilterType.OneOf<CustomFieldResource>(), Operators.Equal)
        .FilteredBy("type", "d.Type", FilterType.OneOf<CustomFieldType>(), Operators.Equal | Operators.In)
        .FilteredBy("name", "d.Name", FilterType.Text(50, "loyalty_tier"), Operators.Equal);

    public static IServiceCollection AddCustomFields(this IServiceCollection services) => services
        .AddSingleton<RecentCustomFields>().AddSingleton<CustomFieldOwners>()
        .AddScoped<KnownCustomFields>().AddScoped<CustomFieldReader>().AddScoped<CustomFieldWriter>().AddScoped<IMendsRows, RestoredFieldValues>()
        .AddJob<DropCustomFieldJob, DropCustomField>();

    /// <summary>Fields that a tenant gives its customers, companies, products, orders, interactions and tickets: typed, checked, filtered, ordered and asked for by segments.</summary>
    public static void MapCustomFields(this IEndpointRouteBuilder api)
    {
        var fields = api.MapGroup("/custom_fields").WithTags("CustomFields");

        fields.MapGet("/", ListCustomFields).Needs("custom_fields:read").Lists(List).Describe("List custom fields",
            "The fields the tenant has made, the oldest first. What can be asked of each is in `GET /v1/metadata`.");
        fields.MapPost("/", CreateCustomField.Handle).Needs("custom_fields:write").MayAnswer(409, "custom_field_exists").Describe("Create a custom field",
            $"Every record of the resource then takes a value of it in `custom_fields`, at once: records are not rewritten. Lists take `filter[custom_fields.NAME][OP]` and `sort=custom_fields.NAME`, rules of segments `custom_fields.NAME` of customers. At most {CreateCustomField.Most} fields of each resource.");
        fields.MapGet("/{custom_field_id}", ShowCustomField).Needs("custom_fields:read").Describe("Show a custom field",
            "With its options, retired ones included, if it is a choice.");
        fields.MapPatch("/{custom_field_id}", ChangeCustomField.Handle).Needs("custom_fields:write").Describe("Change a custom field",
            "Label, description and options. Name and type are fixed: values are known by them. An option that is left out is retired: records keep it, and none can be given it.");
        fields.MapDelete("/{custom_field_id}", RemoveCustomField.Handle).Needs("custom_fields:write").MayAnswer(409, "custom_field_in_use").Describe("Delete a custom field",
            "For good, with its values. It can be neither written nor asked for from the answer on; a job takes its values out of the records, and then the name is free. 409 `custom_field_in_use` with `segment_ids` while segments ask for it.");
    }

    internal static Task<Page<CustomField>> ListCustomFields(ListQuery query, TenantDb db, CancellationToken ct) => List.ReadAsync(query, db, null, ct);

    internal static Task<CustomField> ShowCustomField([FromRoute(Name = "custom_field_id")] Id<CustomField> customFieldId, TenantDb db, CancellationToken ct) =>
        CustomField.FindAsync(customFieldId, db, ct);
}
