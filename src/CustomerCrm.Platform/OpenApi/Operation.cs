using System.Reflection;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Batches;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Idempotency;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.OpenApi.Answering;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Routing;

namespace CustomerCrm.Platform.OpenApi;

/// <summary>What the code says of one operation: its handler, its markers and its types.</summary>
internal sealed class Operation(ApiDescription description)
{
    private readonly IList<object> metadata = description.ActionDescriptor.EndpointMetadata;

    public MethodInfo Handler => Find<MethodInfo>()!;

    /// <summary>The class whose <c>Handle</c> it is, with the method's name if it has several (<c>ShowOrderByExternalId</c>); a name given to the route wins.</summary>
    public string UseCase => Find<IEndpointNameMetadata>()?.EndpointName ?? Handler switch
    {
        { Name: "Handle" } => Handler.DeclaringType!.Name,
        _ when Handler.DeclaringType!.Name.EndsWith("Routes", StringComparison.Ordinal) => Handler.Name,
        _ => Handler.DeclaringType.Name + Handler.Name,
    };

    public IReadOnlyList<ParameterInfo> Parameters => Handler.GetParameters();

    /// <summary>By status, with the type of the body if there is one.</summary>
    public IEnumerable<(int Status, Type? Type)> Successes => BatchOf(Handler.ReturnType) is { } batch
        ? [(StatusCodes.Status207MultiStatus, batch)]
        : description.SupportedResponseTypes.Select(s => (s.StatusCode, s.Type == typeof(void) ? null : s.Type));

    public string? Summary => Find<IEndpointSummaryMetadata>()?.Summary;

    public string? Description => Find<IEndpointDescriptionMetadata>()?.Description;

    public IEnumerable<string> Tags => OpenApi.Tags.NamesOf(description);

    public AccessRule? Access => Find<AccessRule>();

    public IListDefinition? List => Find<IListDefinition>();

    /// <summary>It changes something: a transaction, and an <c>Idempotency-Key</c> is taken.</summary>
    public bool Writes => Find<WriteMarker>() is not null;

    /// <summary>It may be answered by a secondary, unless <c>Crm-Read</c> says no.</summary>
    public bool MayLag => LagMiddleware.MayLag(new EndpointMetadataCollection(metadata));

    public bool NeedsKey => Find<WriteMarker>() is { NeedsKey: true };

    /// <summary>The body; by convention the handler's parameter <c>request</c>.</summary>
    public ParameterInfo? Body => Parameters.FirstOrDefault(p => p.Name == "request");

    /// <summary>The media types of a body that is a file.</summary>
    public IReadOnlyList<string>? FileBody => Find<Files.FileBody>()?.MediaTypes;

    /// <summary>The media types of an answer that is a file or a stream.</summary>
    public IReadOnlyList<string>? FileAnswer => Find<Files.FileAnswer>()?.MediaTypes;

    public bool ChecksRevision => Parameters.Any(p => p.ParameterType == typeof(IfMatch));

    /// <summary>It changes what is there, or creates it.</summary>
    public bool Upserts => ChecksRevision && Successes.Any(s => s.Status == StatusCodes.Status201Created);

    public bool ChecksVisitor => Parameters.Any(p => typeof(IVisitorPass).IsAssignableFrom(p.ParameterType));

    public bool IsGet => description.HttpMethod == "GET";

    public bool ShowsRevision => Successes.Any(s => s.Type is { } type && typeof(IVersioned).IsAssignableFrom(type));

    public bool HasPathParameters => description.RelativePath!.Contains('{');

    public IEnumerable<OtherAnswer> OtherAnswers => metadata.OfType<OtherAnswer>();

    private static Type? BatchOf(Type type) => type switch
    {
        { IsGenericType: false } => null,
        _ when type.GetGenericTypeDefinition() == typeof(BatchAnswer<>) => type,
        _ => BatchOf(type.GetGenericArguments()[0]),
    };

    private T? Find<T>() where T : class => metadata.OfType<T>().LastOrDefault();
}
