using CustomerCrm.Platform.OpenApi.Answering;
using CustomerCrm.Platform.OpenApi.Asking;
using CustomerCrm.Platform.OpenApi.Shapes;
using CustomerCrm.Platform.Problems;
using Microsoft.OpenApi;

namespace CustomerCrm.Platform.OpenApi;

/// <summary>What operations refer to instead of repeating it; and only that, so that nothing stands there unused.</summary>
internal static class SharedParts
{
    public static void Add(OpenApiDocument document, Schemas schemas)
    {
        var problem = schemas.Of(typeof(ProblemDocument), Direction.Response);
        var operations = document.Paths.Values.SelectMany(p => p.Operations!.Values).ToArray();
        var parameters = operations.SelectMany(o => o.Parameters ?? []).OfType<OpenApiParameterReference>().Select(r => r.Reference.Id!).ToHashSet();
        var refusals = operations.SelectMany(o => o.Responses!.Values).OfType<OpenApiResponseReference>().Select(r => r.Reference.Id!).ToHashSet();
        var responses = Only(refusals, Refusals.Components(document, problem));
        var headers = operations.SelectMany(o => o.Responses!.Values).OfType<OpenApiResponse>().Concat(responses.Values.Cast<OpenApiResponse>()).SelectMany(r => r.Headers!.Keys).ToHashSet();
        document.Components = new OpenApiComponents
        {
            Schemas = schemas.Components.ToDictionary(s => s.Key, s => (IOpenApiSchema)s.Value),
            Responses = responses,
            Parameters = Only(parameters, RequestHeaders.All),
            Headers = Only(headers, AnswerHeaders.All),
            SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme> { [Scopes.SchemeName] = Scopes.Scheme },
        };
        document.RegisterComponents();
    }

    private static Dictionary<string, T> Only<T>(HashSet<string> used, Dictionary<string, T> all) =>
        all.Where(part => used.Contains(part.Key)).ToDictionary();
}
