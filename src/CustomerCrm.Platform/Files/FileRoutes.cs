using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Platform.Files;

public static class FileRoutes
{
    /// <summary>
    /// The body is a file of one of these types and not JSON. It is written to the disk while the handler's parameters are bound, before
    /// the request's transaction begins, and an <c>Idempotency-Key</c> stands for the address and for what is in the file.
    /// </summary>
    public static TBuilder TakesFile<TBuilder>(this TBuilder route, long most, params string[] mediaTypes) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new FileBody(mediaTypes), new RequestSizeLimitAttribute(most));

    /// <summary>The answer is a file or a stream of one of these types and not JSON.</summary>
    public static TBuilder AnswersFile<TBuilder>(this TBuilder route, params string[] mediaTypes) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new FileAnswer(mediaTypes));
}

internal sealed record FileBody(IReadOnlyList<string> MediaTypes);

internal sealed record FileAnswer(IReadOnlyList<string> MediaTypes);
