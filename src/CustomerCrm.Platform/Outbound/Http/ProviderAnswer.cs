using System.Text.Json;

namespace CustomerCrm.Platform.Outbound.Http;

/// <summary>What a provider answered, as far as anybody may look at it.</summary>
internal sealed record ProviderAnswer
{
    public required int Status { get; init; }
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The header that some providers name a message by.</summary>
    public string? MessageId { get; init; }

    /// <summary>Null: too long, too slow, or cut off.</summary>
    public byte[]? Body { get; init; }

    /// <summary>The body as JSON; null where it is none.</summary>
    public JsonElement? Json
    {
        get
        {
            if (Body is null) return null;
            try
            {
                using var document = JsonDocument.Parse(Body, new JsonDocumentOptions { MaxDepth = 16 });
                return document.RootElement.Clone();
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }
}
