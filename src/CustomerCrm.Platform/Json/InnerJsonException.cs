using System.Text.Json;

namespace CustomerCrm.Platform.Json;

/// <summary>
/// Something is wrong inside a value that was read by a call of its own. Its own path leads to the value, the path of the
/// exception within leads on from there.
/// </summary>
internal sealed class InnerJsonException(JsonException within) : JsonException(within.Message, within)
{
    /// <summary>What is wrong, wherever it is.</summary>
    public static JsonException Innermost(JsonException e) => e is InnerJsonException { InnerException: JsonException within } ? Innermost(within) : e;
}
