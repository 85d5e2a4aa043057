namespace CustomerCrm.Platform.Mime;

/// <summary>A form whose fields are bytes (RFC 7578), because they are in charsets of their own.</summary>
public sealed record MimeForm
{
    private const int MostFields = 200;

    public required IReadOnlyDictionary<string, byte[]> Fields { get; init; }

    /// <summary>The names of its files.</summary>
    public IReadOnlyList<string> Files => [.. Attached.Select(file => file.Name ?? "")];

    /// <summary>Its files.</summary>
    public required IReadOnlyList<MimeFile> Attached { get; init; }

    /// <returns>Null: it is no such form.</returns>
    public static MimeForm? Read(string? contentType, byte[] body)
    {
        var head = MimeHeaders.Read(System.Text.Encoding.UTF8.GetBytes($"Content-Type: {contentType}\r\n\r\n"), out _);
        if (head.MediaType != "multipart/form-data" || head.Parameter("Content-Type", "boundary") is not { Length: > 0 and <= 200 } boundary) return null;
        var (fields, files) = (new Dictionary<string, byte[]>(), new List<MimeFile>());
        foreach (var part in MimeParts.Split(body, boundary).Take(MostFields))
        {
            var headers = MimeHeaders.Read(part.Span, out var at);
            if (headers.Parameter("Content-Disposition", "name") is not { } name) continue;
            if (headers.Parameter("Content-Disposition", "filename") is { } file) files.Add(new MimeFile(HeaderText.OneLine(file), headers.MediaType, part[at..], headers["Content-Transfer-Encoding"]?.Trim().ToLowerInvariant()));
            else fields.TryAdd(name, part[at..].ToArray());
        }
        return new MimeForm { Fields = fields, Attached = files };
    }
}
