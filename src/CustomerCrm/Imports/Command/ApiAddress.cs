namespace CustomerCrm.Imports.Command;

/// <summary>Where a program that listens answers on the same machine. Pure.</summary>
internal static class ApiAddress
{
    private const string Default = "http://localhost:5000"; // Kestrel's own
    private static readonly string[] everywhere = ["+", "*", "0.0.0.0", "[::]"];

    /// <param name="urls">The setting <c>Urls</c>: one or several, between semicolons.</param>
    /// <returns>Null: none of them is an address.</returns>
    public static Uri? Of(string? urls) =>
        (string.IsNullOrWhiteSpace(urls) ? Default : urls).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(Reachable).OfType<Uri>().Where(uri => uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        .OrderBy(uri => uri.Scheme == Uri.UriSchemeHttps).FirstOrDefault(); // a certificate is of a name, and seldom of localhost

    // Whoever listens everywhere is asked at home.
    private static Uri? Reachable(string url)
    {
        if (url.Split("://") is not [var scheme, var rest]) return null;
        var host = everywhere.FirstOrDefault(any => rest.StartsWith(any, StringComparison.Ordinal) && (rest.Length == any.Length || rest[any.Length] is ':' or '/'));
        return Uri.TryCreate($"{scheme}://{(host is null ? rest : "127.0.0.1" + rest[host.Length..])}", UriKind.Absolute, out var uri) ? uri : null;
    }
}
