using CustomerCrm.Platform.Http;
using Microsoft.AspNetCore.Http;

namespace CustomerCrm.Platform.Idempotency;

/// <summary>A whole response, held back until what it says is on the disk.</summary>
internal sealed record Answer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public static async Task<Answer> OfAsync(object? result, HttpContext http)
    {
        var headers = new Dictionary<string, string>();
        var value = JsonBody.ValueOf(result);
        if (value is IVersioned versioned) headers["ETag"] = ETag.Of(versioned.Revision);
        if (result is not IResult outcome) return new Answer(StatusCodes.Status200OK, headers, value is null ? [] : JsonBody.Of(value));

        // Whatever the result writes goes into memory first.
        var (response, real) = (http.Response, http.Response.Body);
        using var memory = new MemoryStream();
        response.Body = memory;
        await outcome.ExecuteAsync(http);
        response.Body = real;
        if (response.Headers.Location.Count > 0) headers["Location"] = response.Headers.Location.ToString();
        return new Answer(response.StatusCode, headers, memory.ToArray());
    }

    public async Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        foreach (var (name, value) in Headers) response.Headers[name] = value;
        if (Body.Length > 0) await JsonBody.WriteAsync(response, Body);
    }
}

/// <summary>An answer that holds a secret which is shown once. The replay of a repeated request leaves it out.</summary>
public interface IHoldsSecret
{
    /// <returns>The same, with the secret null.</returns>
    object WithoutSecret();
}
