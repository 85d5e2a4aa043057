using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;

namespace CustomerCrm.Platform.OpenApi;

/// <summary>One tag for each feature folder. What a tag is about is said by the summary of the method that maps it: <c>MapOrders</c> for <c>Orders</c>.</summary>
internal static class Tags
{
    public static ISet<OpenApiTag> Of(IEnumerable<ApiDescription> described, XmlDocs docs)
    {
        var tags = described
            .SelectMany(d => NamesOf(d).Select(name => (Name: name, d.ActionDescriptor.EndpointMetadata.OfType<MethodInfo>().Last().DeclaringType!.Assembly)))
            .DistinctBy(t => t.Name)
            .OrderBy(t => t.Name, StringComparer.Ordinal);
        return tags.Select(tag => new OpenApiTag { Name = tag.Name, Description = DescriptionOf(tag.Name, tag.Assembly, docs) }).ToHashSet();
    }

    public static IEnumerable<string> NamesOf(ApiDescription description) =>
        description.ActionDescriptor.EndpointMetadata.OfType<ITagsMetadata>().LastOrDefault()?.Tags ?? [];

    private static string? DescriptionOf(string tag, Assembly assembly, XmlDocs docs) =>
        assembly.GetTypes().Select(t => t.GetMethod($"Map{tag}", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)).OfType<MethodInfo>().Select(docs.Of).FirstOrDefault();
}
