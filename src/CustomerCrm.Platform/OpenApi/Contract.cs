using System.Text.Json;
using CustomerCrm.Platform.OpenApi.Answering;
using CustomerCrm.Platform.OpenApi.Asking;
using CustomerCrm.Platform.OpenApi.Samples;
using CustomerCrm.Platform.OpenApi.Shapes;
using CustomerCrm.Platform.People;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CustomerCrm.Platform.OpenApi;

/// <summary>
/// Turns the framework's document into the contract. The framework knows the routes and their types; what holds on this
/// wire (what is required, what a change or an id looks like, every refusal, header and example) is known here.
/// </summary>
internal sealed class Contract(XmlDocs docs, RolePermissions permissions) : IOpenApiDocumentTransformer
{
    private static readonly string[] methods = ["GET", "PUT", "POST", "PATCH", "DELETE"];

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        DocumentFrame.Apply(document);
        var schemas = new Schemas(document, docs);
        var examples = new Examples(schemas);
        var parameters = new Parameters(schemas, examples, docs, document);
        var answers = new Answers(schemas, examples, docs, document);
        var described = context.DescriptionGroups.SelectMany(g => g.Items).Where(IsPartOfIt).ToArray();

        document.Paths = [];
        foreach (var path in described.GroupBy(PathOf).OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            var item = new OpenApiPathItem();
            foreach (var description in path.OrderBy(d => Array.IndexOf(methods, d.HttpMethod)))
                item.AddOperation(new HttpMethod(description.HttpMethod!), Describe(new Operation(description), path.Key));
            document.Paths.Add(path.Key, item);
        }
        document.Tags = Tags.Of(described, docs);
        SharedParts.Add(document, schemas);
        return Task.CompletedTask;

        OpenApiOperation Describe(Operation operation, string path) => new()
        {
            OperationId = JsonNamingPolicy.CamelCase.ConvertName(operation.UseCase),
            Summary = operation.Summary,
            Description = $"{operation.Description}\n\n{Scopes.Say(operation.Access, permissions)}",
            Tags = operation.Tags.Select(tag => new OpenApiTagReference(tag, document)).ToHashSet(),
            Parameters = parameters.Of(operation, path) is { Count: > 0 } some ? some : null,
            RequestBody = operation.FileBody is { } types ? FileOf(types) : operation.Body is { } body ? Body(body.ParameterType) : null,
            Responses = answers.Of(operation),
            Security = [Scopes.Of(operation.Access, document)],
        };

        OpenApiRequestBody FileOf(IEnumerable<string> mediaTypes) => new() { Required = true, Content = FileContent.Of(mediaTypes) };

        OpenApiRequestBody Body(Type type)
        {
            var schema = schemas.Of(type, Direction.Request);
            return new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new OpenApiMediaType { Schema = schema, Example = examples.Of(schema) } },
            };
        }
    }

    /// <summary>The API itself; pages, health and what providers call are no part of the contract.</summary>
    public static bool IsPartOfIt(ApiDescription description) => description.RelativePath?.StartsWith("v1/", StringComparison.Ordinal) == true;

    // "v1/customers/{customer_id:guid}/" is "/v1/customers/{customer_id}" to callers.
    private static string PathOf(ApiDescription description) =>
        "/" + string.Join('/', description.RelativePath!.TrimEnd('/').Split('/').Select(part => part.StartsWith('{') && part.Contains(':', StringComparison.Ordinal) ? part.Split(':')[0] + "}" : part));
}
