using System.Text;

namespace CustomerCrm.Attachments;

/// <summary>
/// What a file is, by how it begins; the name only decides between kinds that begin alike. Programs, and whatever is not known, are nothing that can
/// be kept; markup and scripts are plain text, so that no browser ever runs them. Pure.
/// </summary>
internal static class FileSniffing
{
    /// <summary>As much of a file as it takes to tell.</summary>
    public const int HeadLength = 4096;

    private static readonly (byte[] Beginning, int At, string MediaType)[] signatures =
    [
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], 0, "image/png"),
        ([0xFF, 0xD8, 0xFF], 0, "image/jpeg"),
        ([.. "GIF87a"u8], 0, "image/gif"),
        ([.. "GIF89a"u8], 0, "image/gif"),
        ([.. "WEBP"u8], 8, "image/webp"),
        ([0x49, 0x49, 0x2A, 0x00], 0, "image/tiff"),
        ([0x4D, 0x4D, 0x00, 0x2A], 0, "image/tiff"),
        ([.. "ftypheic"u8], 4, "image/heic"),
        ([.. "ftypavif"u8], 4, "image/avif"),
        ([.. "ftypqt  "u8], 4, "video/quicktime"),
        ([.. "ftypM4A "u8], 4, "audio/mp4"),
        ([.. "ftyp"u8], 4, "video/mp4"),
        ([0x1A, 0x45, 0xDF, 0xA3], 0, "video/webm"),
        ([.. "%PDF-"u8], 0, "application/pdf"),
        ([.. "ID3"u8], 0, "audio/mpeg"),
        ([0xFF, 0xFB], 0, "audio/mpeg"),
        ([.. "OggS"u8], 0, "audio/ogg"),
        ([.. "WAVE"u8], 8, "audio/wav"),
        ([0x1F, 0x8B, 0x08], 0, "application/gzip"),
        ([.. "PK\u0003\u0004"u8], 0, Zip),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], 0, Ole),
    ];

    private const string Zip = "application/zip", Ole = "application/x-ole-storage", Text = "text/plain";

    // Of packed files, what their names say; of others the name says nothing.
    private static readonly Dictionary<string, string> packed = new(StringComparer.OrdinalIgnoreCase)
    {
        [".docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        [".pptx"] = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        [".odt"] = "application/vnd.oasis.opendocument.text",
        [".ods"] = "application/vnd.oasis.opendocument.spreadsheet",
        [".zip"] = Zip,
    };

    private static readonly Dictionary<string, string> old = new(StringComparer.OrdinalIgnoreCase)
    {
        [".doc"] = "application/msword",
        [".xls"] = "application/vnd.ms-excel",
        [".ppt"] = "application/vnd.ms-powerpoint",
        [".msg"] = "application/vnd.ms-outlook",
    };

    private static readonly Dictionary<string, string> written = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = "text/csv",
        [".json"] = "application/json",
        [".ics"] = "text/calendar",
        [".vcf"] = "text/vcard",
    };

    // What Windows and others run when it is opened, whatever it holds.
    private static readonly HashSet<string> run = new(StringComparer.OrdinalIgnoreCase)
    {
        ".exe", ".com", ".scr", ".pif", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".wsh", ".hta", ".msi", ".msp", ".jar", ".lnk", ".reg", ".cpl", ".dll", ".sh", ".app", ".apk", ".iso", ".img",
    };

    /// <summary>Every type that can be kept.</summary>
    public static IReadOnlyList<string> MediaTypes { get; } =
        [.. signatures.Select(s => s.MediaType).Where(type => type != Ole).Concat(packed.Values).Concat(old.Values).Concat(written.Values).Append(Text).Distinct().Order(StringComparer.Ordinal)];

    /// <param name="head">The first <see cref="HeadLength"/> bytes, or all there are.</param>
    /// <param name="fileName">What it is called.</param>
    /// <returns>Null: it is a program, or nobody knows what.</returns>
    public static string? Of(ReadOnlySpan<byte> head, string fileName)
    {
        var extension = Path.GetExtension(fileName.TrimEnd('.', ' '));
        if (head.Length == 0 || run.Contains(extension)) return null;
        foreach (var (beginning, at, mediaType) in signatures)
        {
            if (head.Length < at + beginning.Length || !head.Slice(at, beginning.Length).SequenceEqual(beginning)) continue;
            return mediaType switch { Zip => packed.GetValueOrDefault(extension, Zip), Ole => old.GetValueOrDefault(extension), _ => mediaType };
        }
        return IsText(head) ? written.GetValueOrDefault(extension, Text) : null;
    }

    // UTF-8 without control characters, maybe cut off in the middle of one; and nothing that a shell would run.
    private static bool IsText(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("#!"u8)) return false;
        foreach (var b in head)
            if (b is < 0x20 and not (0x09 or 0x0A or 0x0D or 0x0C) or 0x7F) return false;
        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        for (var cut = 0; cut < 4 && cut < head.Length; cut++)
        {
            try
            {
                _ = strict.GetCharCount(head[..^cut]);
                return true;
            }
            catch (DecoderFallbackException) when (head.Length == HeadLength)
            {
                // The last character may go on behind the head.
            }
            catch (DecoderFallbackException)
            {
                return false;
            }
        }
        return false;
    }
}
