using System.Text.Json.Nodes;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.OpenApi;
using CustomerCrm.Tests.Contract;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Guards;

public class OpenApiTests
{
    private ContractDocument contract = null!;

    [SetUp]
    public async Task ReadAsync() => contract = await ContractDocument.ReadAsync();

    [Test]
    public async Task The_committed_contract_is_the_generated_one()
    {
        var generated = await TestApi.Services.GetRequiredService<ContractText>().YamlAsync();

        var committed = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "openapi.yaml"));

        Assert.That(committed == generated, Is.True, "openapi.yaml is not what the code says. Refresh it: dotnet run --project src/CustomerCrm -- openapi ../../openapi.yaml");
    }

    [Test]
    public void Routes_and_operations_are_the_same()
    {
        var routes = from endpoint in TestApi.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                     let path = "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(NameOf))))
                     where path.StartsWith("/v1", StringComparison.Ordinal) && !OutsideRoutes.Has(path)
                     from method in endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods
                     select $"{method} {path}";

        var operations = contract.Operations.Select(o => o.ToString());

        Assert.That(operations, Is.EquivalentTo(routes));
    }

    [Test]
    public void Every_operation_says_what_it_does_and_who_may()
    {
        Assert.Multiple(() =>
        {
            foreach (var operation in contract.Operations)
            {
                Assert.That((string?)operation.Node["summary"], Has.Length.InRange(3, 60), $"{operation}: a summary (.Describe)");
                Assert.That((string?)operation.Node["description"], Has.Length.AtLeast(45), $"{operation}: a description (.Describe)");
                Assert.That((string?)operation.Node["description"], Does.Contain("Scope: "), $"{operation}: the scope");
                Assert.That(operation.Node["tags"]?.AsArray(), Has.Count.EqualTo(1), $"{operation}: one tag (.WithTags)");
            }
        });
        Assert.That(contract.Operations.Select(o => (string)o.Node["operationId"]!), Is.Unique);
    }

    [Test]
    public void A_change_may_leave_out_every_member()
    {
        var demanding = from operation in contract.Operations
                        where operation.Method == "PATCH"
                        let schema = contract.Follow(operation.Node["requestBody"]!["content"]!["application/json"]!["schema"]!)
                        where schema["required"] is JsonArray { Count: > 0 }
                        select operation.ToString();

        Assert.That(demanding, Is.Empty);
    }

    [Test]
    public void A_limit_is_described_as_it_is()
    {
        var limits = from operation in contract.Operations
                     from parameter in operation.Node["parameters"]?.AsArray().Select(one => contract.Follow(one!)) ?? []
                     where (string?)parameter["name"] == "limit" && operation.Method == "GET"
                     select (Said: (string)parameter["description"]!, Most: (int)parameter["schema"]!["maximum"]!);

        foreach (var (said, most) in limits) Assert.That(said, Does.Match($@"\b1 to {most}\b"));
    }

    [Test]
    public void Every_tag_is_described()
    {
        var silent = contract.Document["tags"]!.AsArray().Where(tag => tag!["description"] is null).Select(tag => (string)tag!["name"]!);

        Assert.That(silent, Is.Empty, "A tag is described by the summary of the method that maps it: MapOrders for Orders.");
    }

    [Test]
    public void Every_parameter_is_described_and_has_a_valid_example()
    {
        Assert.Multiple(() =>
        {
            foreach (var operation in contract.Operations)
                foreach (var parameter in (operation.Node["parameters"]?.AsArray() ?? []).Select(p => contract.Follow(p!)))
                {
                    Assert.That((string?)parameter["description"], Is.Not.Null.And.Not.Empty, $"{operation} {parameter["name"]}: a <param> comment at its handler");
                    Assert.That(contract.Schema.Check(parameter["example"], parameter["schema"]!), Is.Empty, $"{operation} {parameter["name"]}");
                }
        });
    }

    [Test]
    public void Every_body_has_a_valid_example()
    {
        Assert.Multiple(() =>
        {
            foreach (var operation in contract.Operations)
                foreach (var (name, body) in BodiesOf(operation))
                {
                    Assert.That(body["example"], Is.Not.Null, $"{operation} {name}: an example");
                    Assert.That(contract.Schema.Check(body["example"], body["schema"]!), Is.Empty, $"{operation} {name}: {body["example"]?.ToJsonString()}");
                }
        });
    }

    [Test]
    public void Every_operation_names_all_its_refusals()
    {
        Assert.Multiple(() =>
        {
            foreach (var operation in contract.Operations)
            {
                var statuses = operation.Node["responses"]!.AsObject().Select(r => r.Key).ToArray();
                string[] any = ["400", "401", "403", "429", "500", "503"], withBody = ["413", "415", "422"];
                Assert.That(statuses, Is.SupersetOf(any), $"{operation}");
                Assert.That(statuses.Any(s => s[0] == '2'), Is.True, $"{operation}: a success");
                if (operation.Node["requestBody"] is not null) Assert.That(statuses, Is.SupersetOf(withBody), $"{operation}");
                if (operation.Path.Contains('{', StringComparison.Ordinal)) Assert.That(statuses, Does.Contain("404"), $"{operation}");
                foreach (var status in statuses.Where(s => s[0] is '4' or '5'))
                    Assert.That(contract.Follow(operation.Node["responses"]![status]!)["content"]?["application/problem+json"]?["example"]?["status"]?.ToString(), Is.EqualTo(status), $"{operation} {status}");
            }
        });
    }

    private IEnumerable<(string Name, JsonObject Body)> BodiesOf(ContractOperation operation)
    {
        foreach (var (_, request) in operation.Node["requestBody"]?["content"]?.AsObject() ?? []) yield return ("request", request!.AsObject());
        foreach (var (status, response) in operation.Node["responses"]!.AsObject())
            foreach (var (_, body) in contract.Follow(response!)["content"]?.AsObject() ?? [])
                yield return (status, body!.AsObject());
    }

    private static string NameOf(Microsoft.AspNetCore.Routing.Patterns.RoutePatternPart part) => part switch
    {
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
        _ => throw new InvalidOperationException("Unknown part of a route."),
    };
}
