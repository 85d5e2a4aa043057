using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.OpenApi.Answering;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Tags;

public static class TagRoutes
{
    internal static readonly ListOf<Tag> List = ListOf<Tag>.From(Tag.All, "t.Id", tag => tag.Id.ToBytes())
        .SortedBy("name", "t.NameKey", tag => Tag.KeyOf(tag.Name))
        .SortedBy("created_at", "t.CreatedAt", tag => tag.CreatedAt)
        .FilteredBy("name", "starts_with", FilterType.Text(Tag.LongestName, "VI"), "Only tags whose name begins with this text; case does not count.", name =>
            Condition.Of("t.NameKey >= {0} AND t.NameKey < {1}", Tag.KeyOf((string)name), (byte[])[.. Tag.KeyOf((string)name), 255]));

    public static IServiceCollection AddTags(this IServiceCollection services) => services.AddSingleton(CustomerTags.Owner).AddSingleton(OrderTags.Owner).AddScoped<TagBook>().AddJob<DropTagJob, DropTag>();

    /// <summary>Words that a tenant puts on its customers, orders and tickets, to filter by and to ask for in segments.</summary>
    public static void MapTags(this IEndpointRouteBuilder api)
    {
        var tags = api.MapGroup("/tags").WithTags("Tags");

        tags.MapGet("/", ListTags).Needs("tags:read").Lists(List).Describe("List tags",
            "By name unless `sort` says otherwise, each with how many customers, orders and tickets have it.");
        tags.MapPost("/", CreateTag.Handle).Needs("tags:write").MayAnswer(409, "tag_exists").Describe("Create a tag",
            $"Putting a tag on something makes it, too. 409 `tag_exists` with `tag_id` if there is one of this name; case does not count. At most {TagBook.MostTags} tags.");
        tags.MapGet("/{tag_id}", ShowTag).Needs("tags:read").Describe("Show a tag",
            "Its name, and how many customers, orders and tickets have it now.");
        tags.MapPatch("/{tag_id}", ChangeTag.Handle).Needs("tags:write").MayAnswer(409, "tag_in_use").Describe("Rename a tag",
            "For all that have it, at once. 409 `tag_exists` if another tag has the name: merge them instead. 409 `tag_in_use` with `segment_ids` while segments ask for it by its old name.");
        tags.MapDelete("/{tag_id}", RemoveTag.Handle).Needs("tags:write").MayAnswer(409, "tag_in_use").Describe("Delete a tag",
            "It is off everything from the answer on; `tag.deleted` says it for all. 409 `tag_in_use` with `segment_ids` while segments ask for it.");
        tags.MapPost("/{tag_id}/merge", MergeTag.Handle).Needs("tags:write").MayAnswer(409, "tag_in_use").Describe("Merge a tag into another",
            "The tag is gone from the answer on, and a job puts the other one on all that had it; `tag.merged` says it for all. Answers the tag that stays, with its counts so far.");
        tags.MapPost("/{tag_id}/customers", TagCustomers.Handle).Needs("tags:write").Describe("Tag and untag many customers",
            "Up to 200 to `add` and 200 to `remove`; who has it already, or has not, stays as they are. If one is unknown, nothing is done (422).");

        MapOn(api, "Customer", CustomerTags.List, CustomerTags.Listed, CustomerTags.Add, CustomerTags.Remove);
        MapOn(api, "Order", OrderTags.List, OrderTags.Listed, OrderTags.Add, OrderTags.Remove);
    }

    private static void MapOn(IEndpointRouteBuilder api, string what, Delegate list, ListOf<PutTag> listed, Delegate add, Delegate remove)
    {
        var name = what.ToLowerInvariant();
        var tags = api.MapGroup($"/{name}s/{{{name}_id}}/tags").WithTags("Tags");

        tags.MapGet("/", list).WithName($"List{what}Tags").Needs("tags:read").Lists(listed).Describe($"List a {name}'s tags",
            $"The tags that are on the {name}, by name unless `sort` says otherwise.");
        tags.MapPost("/", add).WithName($"Add{what}Tags").Needs("tags:write").Describe($"Put tags on a {name}",
            $"By their names; tags that are not there yet are made, and those that are on the {name} already stay. At most {TagBook.MostOnOne} tags on one {name}.");
        tags.MapDelete("/{tag_id}", remove).WithName($"Remove{what}Tag").Needs("tags:write").Describe($"Take a tag off a {name}",
            $"204 also where the {name} did not have it: doing it again changes nothing.");
    }

    internal static Task<Page<Tag>> ListTags(ListQuery query, TenantDb db, CancellationToken ct) => List.ReadAsync(query, db, null, ct);

    internal static Task<Tag> ShowTag([FromRoute(Name = "tag_id")] Id<Tag> tagId, TenantDb db, CancellationToken ct) => Tag.FindAsync(tagId, db, ct);
}
