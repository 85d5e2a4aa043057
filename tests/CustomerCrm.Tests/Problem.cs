using System.Net;
using System.Text.Json;

namespace CustomerCrm.Tests;

/// <summary>A problem document as a client sees it.</summary>
internal sealed record Problem(HttpStatusCode Status, string Code, JsonElement Document)
{
    /// <summary>The fields that are wrong, each with what is.</summary>
    public (string Pointer, string Code)[] Errors => Document.TryGetProperty("errors", out var errors)
        ? [.. errors.EnumerateArray().Select(e => (e.GetProperty("pointer").GetString()!, e.GetProperty("code").GetString()!))]
        : [];

    /// <summary>The pointers of the fields that are wrong.</summary>
    public string[] Pointers => [.. Errors.Select(e => e.Pointer)];

    public static async Task<Problem> OfAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"), $"{(int)response.StatusCode} {text}");
        var document = JsonSerializer.Deserialize<JsonElement>(text);
        Assert.That(document.GetProperty("status").GetInt32(), Is.EqualTo((int)response.StatusCode));
        return new Problem(response.StatusCode, document.GetProperty("code").GetString()!, document);
    }
}
