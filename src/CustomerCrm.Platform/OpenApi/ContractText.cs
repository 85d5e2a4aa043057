using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace CustomerCrm.Platform.OpenApi;

/// <summary>The contract as text. It is made when somebody first asks and kept, since routes do not change while the program runs.</summary>
internal sealed class ContractText
{
    public const string DocumentName = "v1";

    private readonly Lazy<Task<(string Yaml, string Json)>> text;

    public ContractText([FromKeyedServices(DocumentName)] IOpenApiDocumentProvider documents) =>
        text = new Lazy<Task<(string, string)>>(() => MakeAsync(documents));

    public async Task<string> YamlAsync() => (await text.Value).Yaml;

    public async Task<string> JsonAsync() => (await text.Value).Json;

    private static async Task<(string, string)> MakeAsync(IOpenApiDocumentProvider documents)
    {
        var document = await documents.GetOpenApiDocumentAsync();
        var json = await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1);
        return (Yaml.Of(JsonNode.Parse(json)!), json);
    }
}
