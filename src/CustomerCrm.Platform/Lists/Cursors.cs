using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerCrm.Platform.Data.Secrets;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http;

namespace CustomerCrm.Platform.Lists;

/// <summary>Which list a cursor belongs to: the same path, order and filters. The limit may change on the way.</summary>
internal static class CursorScope
{
    public static string Of(PathString path, string sort, IQueryCollection query)
    {
        var others = query.Where(q => q.Key is not ("cursor" or "limit" or "sort")).OrderBy(q => q.Key, StringComparer.Ordinal).Select(q => $"{q.Key}={q.Value}");
        return $"{path}|{sort}|{string.Join('&', others)}";
    }
}

/// <summary>Writes and reads cursors: the last row's place, signed together with the tenant and the list, so that it opens nothing else.</summary>
internal sealed class Cursors(InstallationSecrets secrets)
{
    private const int SignatureLength = 16;

    public async ValueTask<string> WriteAsync(object? value, byte[] id, int tenantId, string scope, CancellationToken ct)
    {
        var place = JsonSerializer.SerializeToUtf8Bytes(new Place(JsonSerializer.SerializeToElement(value, StrictJson.Options), id));
        return Base64Url.EncodeToString([.. await SignAsync(place, tenantId, scope, ct), .. place]);
    }

    /// <exception cref="ApiProblem">400: not a cursor of this list.</exception>
    public async ValueTask<Place> ReadAsync(string text, int tenantId, string scope, CancellationToken ct)
    {
        var bytes = Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : [];
        // The last character may hold bits that mean nothing: only the form that we wrote is ours.
        if (bytes.Length > SignatureLength && Base64Url.EncodeToString(bytes) == text)
        {
            var place = bytes.AsMemory(SignatureLength).ToArray();
            var signature = await SignAsync(place, tenantId, scope, ct);
            if (CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, SignatureLength), signature))
                return JsonSerializer.Deserialize<Place>(place)!;
        }
        throw ApiProblem.BadQuery("cursor", "cursor_invalid", "Not a cursor of this list with these filters and this order. Begin again without it.");
    }

    private async ValueTask<byte[]> SignAsync(byte[] place, int tenantId, string scope, CancellationToken ct)
    {
        var key = await secrets.GetAsync("cursors", ct);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{tenantId}|{scope}|"), .. place];
        return HMACSHA256.HashData(key, signed)[..SignatureLength];
    }

    internal sealed record Place(JsonElement Value, byte[] Id);
}
