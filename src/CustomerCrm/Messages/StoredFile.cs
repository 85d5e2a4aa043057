using System.Text.Json;
using CustomerCrm.Platform.Json;
using CustomerCrm.Templates.Rendering;

namespace CustomerCrm.Messages;

/// <summary>The files of a message as they stand in its row: what the API shows, and where they are.</summary>
internal sealed record StoredFile(string FileName, string MediaType, long Bytes, string StoredAs)
{
    /// <returns>Null where there are none.</returns>
    public static string? Write(IReadOnlyList<MessageFile> files) =>
        files.Count == 0 ? null : JsonSerializer.Serialize(files.Select(f => new StoredFile(f.FileName, f.MediaType, f.Bytes, f.StoredAs)), StrictJson.Options);

    public static IReadOnlyList<MessageFile> Read(string? text) => text is null ? []
        : [.. JsonSerializer.Deserialize<StoredFile[]>(text, StrictJson.Options)!.Select(f => new MessageFile { FileName = f.FileName, MediaType = f.MediaType, Bytes = f.Bytes, StoredAs = f.StoredAs })];
}
