using System.Text;
using System.Text.Json;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.WebUtilities;

namespace CustomerCrm.InboundHooks.Deliveries;

/// <summary>Reads what is sent from outside: so much and no more, and as text however odd it is.</summary>
internal static class DeliveryBody
{
    private const int MostFields = 500;

    /// <exception cref="ApiProblem">413: it is longer than <paramref name="most"/> bytes.</exception>
    public static async Task<byte[]> ReadAsync(HttpRequest request, int most, CancellationToken ct)
    {
        if (request.ContentLength > most) throw TooLarge(most);
        using var kept = new MemoryStream();
        var buffer = new byte[8192];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, ct)) > 0)
        {
            if (kept.Length + read > most) throw TooLarge(most);
            kept.Write(buffer, 0, read);
        }
        return kept.ToArray();
    }

    /// <summary>As text: JSON as it came; of a form, its fields as an object.</summary>
    public static string TextOf(byte[] body, string? contentType)
    {
        var text = Encoding.UTF8.GetString(body).Replace("\0", "\uFFFD", StringComparison.Ordinal);
        if (contentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true) return text;
        var fields = new Dictionary<string, string>();
        foreach (var (name, values) in QueryHelpers.ParseQuery(text).Take(MostFields)) fields[name] = values.ToString();
        return JsonSerializer.Serialize(fields);
    }

    /// <exception cref="DeliveryRefusal">It is not JSON.</exception>
    public static JsonDocument Read(string? body)
    {
        try
        {
            var document = JsonDocument.Parse(body ?? "");
            CheckText(document.RootElement);
            return document;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new DeliveryRefusal(new DeliveryError { Pointer = "", SourcePointer = "", Code = "json_invalid", Detail = "The body is not valid JSON." });
        }
    }

    // Half a character can be written in JSON, and is an exception only where somebody reads it.
    private static void CheckText(JsonElement at)
    {
        if (at.ValueKind == JsonValueKind.String) _ = at.GetString();
        if (at.ValueKind == JsonValueKind.Array)
            foreach (var element in at.EnumerateArray()) CheckText(element);
        if (at.ValueKind != JsonValueKind.Object) return;
        foreach (var member in at.EnumerateObject())
        {
            _ = member.Name;
            CheckText(member.Value);
        }
    }

    private static ApiProblem TooLarge(int most) => ApiProblem.Other(StatusCodes.Status413PayloadTooLarge, "body_too_large", $"At most {most} bytes.");
}
