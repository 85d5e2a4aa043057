using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Http;

namespace CustomerCrm.Metadata;

public static class MetadataRoutes
{
    public static IServiceCollection AddMetadata(this IServiceCollection services) => services.AddSingleton<FixedFields>();

    /// <summary>What this tenant's records have, and what can be asked of them.</summary>
    public static void MapMetadata(this IEndpointRouteBuilder api) =>
        api.MapGroup("/metadata").WithTags("Metadata").MapGet("/", ShowMetadata.Handle).Needs("metadata:read").Describe("Show the metadata",
            "Every list with its fields, fixed ones and the tenant's own: types, choices, and how each can be filtered and ordered; and every question that the rule of a segment can ask. Each operator comes with an example, so forms, filters and rules can be built from it.");
}
