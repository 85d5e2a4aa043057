using System.Text.RegularExpressions;

namespace CustomerCrm.Platform.Access.Origins;

/// <summary>The web origins (RFC 6454) whose pages may use a credential.</summary>
public sealed partial class OriginSet
{
    private readonly HashSet<string> origins;

    private OriginSet(IEnumerable<string> origins) => this.origins = new HashSet<string>(origins, StringComparer.Ordinal);

    public static OriginSet None { get; } = new([]);

    public static OriginSet Of(IEnumerable<string> origins) => new(origins);

    /// <summary>As stored: separated by spaces.</summary>
    public static OriginSet Parse(string? text) => string.IsNullOrEmpty(text) ? None : new(text.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    public bool Has(string origin) => origins.Contains(origin);

    /// <summary>As stored and as shown: in order, each once.</summary>
    public IReadOnlyList<string> Names => [.. origins.Order(StringComparer.Ordinal)];

    /// <summary>As stored; null for none.</summary>
    public override string? ToString() => origins.Count == 0 ? null : string.Join(' ', Names);

    /// <summary>Whether a browser would write it so: scheme and host in lower case, a port that is not the scheme's own, nothing behind it.</summary>
    public static bool IsOrigin(string text) => text.Length <= 200 && Form().IsMatch(text)
        && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.GetLeftPart(UriPartial.Authority) == text;

    [GeneratedRegex(@"\Ahttps?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?\z", RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
