using System.Text.Json;

namespace CustomerCrm.Platform.Json;

/// <summary>The value is of the right JSON type and still not what belongs here. The message is for the caller.</summary>
internal sealed class WrongFormException(string message, Exception? inner = null) : JsonException(message, inner)
{
    /// <summary>Without the place that the serializer adds: the pointer says that.</summary>
    public string Saying { get; } = message;
}
