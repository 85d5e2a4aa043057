using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http;

namespace CustomerCrm.Platform.Idempotency;

/// <summary>
/// The caller's name for one attempt to change something (IETF draft-ietf-httpapi-idempotency-key-header; a quoted
/// string as there, or bare as at Stripe), and what was asked for under that name.
/// </summary>
internal sealed class IdempotencyKey(string key, Func<byte[]> fingerprint)
{
    public const string Header = "Idempotency-Key";

    public string Key => key;

    /// <summary>A digest, because SQL Server's usual collation calls A1 and a1 the same key.</summary>
    public string StoredAs { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(key)));

    /// <summary>Of an upload it is known once the body is read, which is before the request's transaction begins.</summary>
    public byte[] Fingerprint => fingerprint();

    /// <exception cref="ApiProblem">400: not 1 to 255 visible ASCII characters, or sent twice.</exception>
    public static string? Read(HttpRequest request)
    {
        var sent = request.Headers[Header];
        if (sent.Count == 0) return null;
        var key = sent.Count == 1 ? sent[0]!.Trim() : "";
        if (key.Length >= 2 && key[0] == '"' && key[^1] == '"') key = key[1..^1];
        var isVisible = key.Length is >= 1 and <= 255 && key.All(c => c is > ' ' and <= '~');
        return isVisible ? key : throw ApiProblem.BadRequest("idempotency_key_invalid", "An Idempotency-Key is 1 to 255 visible ASCII characters, sent once.");
    }

    public static async Task<IdempotencyKey> OfAsync(string key, HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        body.Position = 0;
        var bytes = body.ToArray();
        request.Body = new MemoryStream(bytes, writable: false);
        var fingerprint = FingerprintOf(request, bytes);
        return new IdempotencyKey(key, () => fingerprint);
    }

    /// <summary>Of an upload, which is not kept in memory: a digest is made of it while it is read.</summary>
    public static IdempotencyKey OfFile(string key, HttpRequest request)
    {
        var body = new DigestedBody(request.Body);
        request.HttpContext.Response.RegisterForDispose(body);
        request.Body = body;
        return new IdempotencyKey(key, () => FingerprintOf(request, Encoding.ASCII.GetBytes(Convert.ToHexString(body.Digest()))));
    }

    // Method, path and body: what would be another request under the same name. White space and the order of
    // members do not make it another.
    private static byte[] FingerprintOf(HttpRequest request, byte[] body)
    {
        var text = new ArrayBufferWriter<byte>(body.Length + 128);
        Encoding.UTF8.GetBytes($"{request.Method} {request.PathBase}{request.Path}{request.QueryString}\n", text);
        try
        {
            if (body.Length > 0)
            {
                using var document = JsonDocument.Parse(body);
                using var writer = new Utf8JsonWriter(text);
                WriteSorted(document.RootElement, writer);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            text.Write(body); // not JSON, or half a character in it: then the bytes themselves
        }
        return SHA256.HashData(text.WrittenSpan);
    }

    private static void WriteSorted(JsonElement element, Utf8JsonWriter writer)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            writer.WriteStartObject();
            foreach (var member in element.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal))
            {
                writer.WritePropertyName(member.Name);
                WriteSorted(member.Value, writer);
            }
            writer.WriteEndObject();
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            writer.WriteStartArray();
            foreach (var item in element.EnumerateArray()) WriteSorted(item, writer);
            writer.WriteEndArray();
        }
        else element.WriteTo(writer);
    }
}
