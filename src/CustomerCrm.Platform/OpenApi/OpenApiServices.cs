using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.OpenApi;

namespace CustomerCrm.Platform.OpenApi;

public static class OpenApiServices
{
    /// <summary>The OpenAPI document of everything under <c>/v1</c>, and what its problems mean.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="problems">The problems that the features add to the platform's.</param>
    public static IServiceCollection AddContract(this IServiceCollection services, IReadOnlyList<ProblemKind> problems)
    {
        services.AddSingleton<XmlDocs>().AddSingleton<ContractText>().AddSingleton(new ProblemCatalogue(problems));
        // It complains that there are no controllers, which is as it should be, and into the output of the command.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Mvc.Infrastructure", LogLevel.Warning));
        services.AddOpenApi(ContractText.DocumentName, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.ShouldInclude = Contract.IsPartOfIt;
            options.AddDocumentTransformer<Contract>();
        });
        return services;
    }

    /// <summary><c>/openapi.yaml</c> and <c>/openapi/v1.json</c>: the contract of exactly the routes that this process answers; and <c>/problems</c>.</summary>
    public static void MapContract(this IEndpointRouteBuilder app)
    {
        app.MapGet("/openapi.yaml", async (ContractText contract) => TypedResults.Text(await contract.YamlAsync(), "application/yaml")).ExcludeFromDescription();
        app.MapGet("/openapi/v1.json", async (ContractText contract) => TypedResults.Text(await contract.JsonAsync(), "application/json")).ExcludeFromDescription();
        app.MapProblemPages();
    }
}
