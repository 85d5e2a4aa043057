using System.Globalization;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.OpenApi.Samples;
using CustomerCrm.Platform.OpenApi.Shapes;
using Microsoft.OpenApi;

namespace CustomerCrm.Platform.OpenApi.Answering;

/// <summary>Everything an operation can answer: its successes by the handler's types, its refusals by its markers.</summary>
internal sealed class Answers(Schemas schemas, Examples examples, XmlDocs docs, OpenApiDocument document)
{
    public OpenApiResponses Of(Operation operation)
    {
        var answers = new SortedDictionary<int, IOpenApiResponse>();
        foreach (var (status, type) in operation.Successes) answers[status] = Success(status, type, operation);
        if (operation is { IsGet: true, ShowsRevision: true })
            answers[304] = new OpenApiResponse { Description = "It is still what `If-None-Match` says.", Headers = AnswerHeaders.Refer(document, "ETag", "RateLimit", "RateLimit-Policy") };
        foreach (var status in Refusals.Of(operation)) answers[status] = Refusals.Refer(document, status);

        var responses = new OpenApiResponses();
        foreach (var (status, answer) in answers) responses.Add(status.ToString(CultureInfo.InvariantCulture), answer);
        return responses;
    }

    private OpenApiResponse Success(int status, Type? type, Operation operation)
    {
        var response = new OpenApiResponse { Description = DescriptionOf(status, type), Headers = AnswerHeaders.Refer(document, HeadersOf(status, type, operation)) };
        if (operation.FileAnswer is { } types)
        {
            response.Content = FileContent.Of(types);
            return response;
        }
        if (type is null) return response;
        var schema = schemas.Of(type, Direction.Response);
        response.Content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/json"] = new OpenApiMediaType { Schema = schema, Example = examples.Of(schema) },
        };
        return response;
    }

    private string DescriptionOf(int status, Type? type) => status switch
    {
        201 => "Created.",
        202 => "Accepted; the work goes on behind this answer.",
        204 => "Done.",
        207 => "Done item by item: each has a status of its own.",
        _ => type is not null && docs.Of(type) is { } said ? said : "Done.",
    };

    private static IEnumerable<string> HeadersOf(int status, Type? type, Operation operation)
    {
        if (type is not null && typeof(IVersioned).IsAssignableFrom(type)) yield return "ETag";
        if (type is not null && typeof(IPage).IsAssignableFrom(type)) yield return "Link";
        if (operation.MayLag) yield return LagMiddleware.Answer;
        if (status is 201 or 202) yield return "Location";
        if (operation.Writes) yield return "Idempotent-Replayed";
        yield return "RateLimit";
        yield return "RateLimit-Policy";
    }
}
