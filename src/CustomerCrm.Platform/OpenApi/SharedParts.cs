using CustomerCrm.Platform.Problems;
using Microsoft.OpenApi;

namespace CustomerCrm.Platform.OpenApi;

/// <summary>What operations refer to instead of repeating it.</summary>
internal static class SharedParts
{
    public static void Add(OpenApiDocument document, Schemas schemas)
    {
        var problem = schemas.Of(typeof(ProblemDocument), Direction.Response);
        document.Components = new OpenApiComponents
        {
            Schemas = schemas.Components.ToDictionary(s => s.Key, s => (IOpenApiSchema)s.Value),
            Responses = Refusals.Components(document, problem),
            Parameters = RequestHeaders.All,
            Headers = AnswerHeaders.All,
            SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme> { [Scopes.SchemeName] = Scopes.Scheme },
        };
        document.RegisterComponents();
    }
}
