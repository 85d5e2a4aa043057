using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Tags;

/// <summary>POST /tags. Not needed before a tag is put on something: that makes it, too.</summary>
public static class CreateTag
{
    /// <example>{"name":"VIP"}</example>
    public sealed record Request
    {
        [TagName] public required string Name { get; init; }
    }

    internal static async Task<Created<Tag>> Handle(Request request, TagBook book, CancellationToken ct)
    {
        if (await book.FindAsync(request.Name, ct) is { } there) throw Exists(there.Id);
        try
        {
            var tag = await book.CreateAsync(request.Name, ct);
            return TypedResults.Created($"/v1/tags/{tag.Id}", tag);
        }
        catch (DuplicateKeyException)
        {
            throw Exists(null); // somebody was faster
        }
    }

    internal static ApiProblem Exists(Id<Tag>? tagId) =>
        ApiProblem.Conflict("tag_exists", "There is a tag of this name already; upper and lower case are the same.", new Dictionary<string, object?> { ["tag_id"] = tagId });
}
