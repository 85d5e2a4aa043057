using System.Text.Json.Nodes;

namespace CustomerCrm.Tests.Contract;

/// <summary>
/// Between every test and the application: whatever the API answers in any test must be an answer that the contract
/// knows, with a body of the form it promises.
/// </summary>
internal sealed class ContractCheck : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (method, path) = (request.Method.Method, request.RequestUri!.AbsolutePath);
        var response = await base.SendAsync(request, cancellationToken);
        if (path.StartsWith("/v1/", StringComparison.Ordinal)) await CheckAsync(method, path, response);
        return response;
    }

    private static async Task CheckAsync(string method, string path, HttpResponseMessage response)
    {
        var contract = await ContractDocument.ReadAsync();
        var operation = contract.Operations.Where(o => o.Method == method && Matches(o.Path, path)).MinBy(o => o.Path.Count(c => c == '{'));
        if (operation is null || response.StatusCode == System.Net.HttpStatusCode.MethodNotAllowed) return; // an unknown route, another method, or HEAD

        var status = ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType == "text/event-stream") return; // it may never end
        var text = await response.Content.ReadAsStringAsync();
        if (operation.Node["responses"]![status] is not { } described)
            throw new AssertionException($"{operation} answered {status}, which the contract does not know (.MayAnswer on its route says so): {text}");

        var media = response.Content.Headers.ContentType?.MediaType;
        if (text.Length == 0 || media is null) return;
        if (contract.Follow(described)["content"]?[media]?["schema"] is not { } schema)
            throw new AssertionException($"{operation} answered {status} as {media}, which the contract does not know: {text}");
        if (!media.EndsWith("json", StringComparison.Ordinal) || media == "application/x-ndjson") return; // a file says nothing about its form
        var wrong = contract.Schema.Check(JsonNode.Parse(text), schema);
        if (wrong.Count > 0) throw new AssertionException($"{operation} answered {status} otherwise than the contract says. {string.Join("; ", wrong)}: {text}");
    }

    private static bool Matches(string template, string path)
    {
        var (parts, sent) = (template.Split('/'), path.TrimEnd('/').Split('/'));
        return parts.Length == sent.Length && parts.Zip(sent).All(p => p.First.StartsWith('{') || p.First == p.Second);
    }
}
