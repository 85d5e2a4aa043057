using System.Text.Json.Nodes;
using CustomerCrm.Platform.OpenApi;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Contract;

/// <summary>The contract of the application under test, as generated.</summary>
internal sealed class ContractDocument
{
    private static readonly Lazy<Task<ContractDocument>> read = new(async () =>
        new ContractDocument(JsonNode.Parse(await TestApi.Services.GetRequiredService<ContractText>().JsonAsync())!.AsObject()));

    private ContractDocument(JsonObject document) => (Document, Schema) = (document, new JsonSchema(document));

    public static Task<ContractDocument> ReadAsync() => read.Value;

    public JsonObject Document { get; }

    public JsonSchema Schema { get; }

    public IEnumerable<ContractOperation> Operations =>
        from path in Document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select new ContractOperation(operation.Key.ToUpperInvariant(), path.Key, operation.Value!.AsObject());

    /// <summary>What stands here, or what it refers to.</summary>
    public JsonObject Follow(JsonNode node) => node["$ref"] is { } reference ? Schema.Resolve(reference.GetValue<string>()) : node.AsObject();
}

internal sealed record ContractOperation(string Method, string Path, JsonObject Node)
{
    public override string ToString() => $"{Method} {Path}";
}
