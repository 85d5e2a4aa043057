namespace CustomerCrm.Platform.Mime;

/// <summary>What an e-mail says of itself, by which two programs are kept from answering each other for ever (RFC 3834, 2 and 5). Pure.</summary>
internal static class AutomaticMail
{
    private static readonly string[] bulk = ["bulk", "list", "junk"];

    /// <summary>A program made it: <c>Auto-Submitted</c> is anything but <c>no</c>, or it has no way back, as reports of delivery have none (RFC 5321, 4.5.5).</summary>
    public static bool IsAutomatic(MimeHeaders headers) =>
        (WordOf(headers["Auto-Submitted"]) is { Length: > 0 } said && said != "no") || headers["Return-Path"]?.Trim() == "<>";

    /// <summary><c>Precedence</c> of mass mail, a list's id (RFC 2919), or what Exchange asks other programs by not to answer.</summary>
    public static bool IsBulk(MimeHeaders headers) =>
        bulk.Contains(WordOf(headers["Precedence"])) || headers["List-Id"] is not null
        || (headers["X-Auto-Response-Suppress"] is { } silent && silent.Split(',').Any(kind => kind.Trim().ToLowerInvariant() is "all" or "autoreply"));

    // Without comments and parameters (RFC 2045, 5.1): "no (really); x=y" is no.
    private static string? WordOf(string? header) => header?.Split(';', '(')[0].Trim().ToLowerInvariant();
}
