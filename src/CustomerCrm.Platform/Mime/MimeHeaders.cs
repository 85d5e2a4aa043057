using System.Text;

namespace CustomerCrm.Platform.Mime;

/// <summary>The headers of a message or of a part of one, unfolded (RFC 5322, 2.2.3). The first of a name holds.</summary>
internal sealed class MimeHeaders
{
    private const int MostBytes = 256 << 10, Most = 500;

    private readonly Dictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>As it came, without what folds it.</summary>
    public string? this[string name] => values.GetValueOrDefault(name);

    /// <summary>The media type without parameters, lower case; text/plain where nothing is said.</summary>
    public string MediaType => this["Content-Type"]?.Split(';')[0].Trim().ToLowerInvariant() is { Length: > 0 } type ? type : "text/plain";

    /// <summary>A parameter of a header: <c>boundary</c> of <c>multipart/mixed; boundary="x"</c>.</summary>
    public string? Parameter(string header, string name)
    {
        foreach (var parameter in Split(this[header] ?? "").Skip(1))
        {
            var equals = parameter.IndexOf('=');
            if (equals <= 0) continue;
            var key = parameter[..equals].Trim().TrimEnd('*');
            if (!key.Equals(name, StringComparison.OrdinalIgnoreCase)) continue;
            var value = parameter[(equals + 1)..].Trim();
            return value.Length > 1 && value[0] == '"' ? value.Trim('"').Replace("\\\"", "\"", StringComparison.Ordinal) : value;
        }
        return null;
    }

    /// <param name="bytes">A message or part.</param>
    /// <param name="bodyAt">Where its body begins.</param>
    public static MimeHeaders Read(ReadOnlySpan<byte> bytes, out int bodyAt)
    {
        var headers = new MimeHeaders();
        var (at, name, value) = (0, (string?)null, new StringBuilder());
        bodyAt = bytes.Length;
        while (at < bytes.Length && at < MostBytes)
        {
            var length = bytes[at..].IndexOf((byte)'\n');
            var line = bytes.Slice(at, length < 0 ? bytes.Length - at : length);
            at += length < 0 ? bytes.Length - at : length + 1;
            if (line.Length > 0 && line[^1] == '\r') line = line[..^1];
            if (line.Length == 0)
            {
                bodyAt = at;
                break;
            }
            var text = Charsets.Of(null).GetString(line); // 8-bit headers are against the rules, and common
            if (text[0] is ' ' or '\t')
            {
                value.Append(' ').Append(text.Trim());
                continue;
            }
            headers.Add(name, value);
            var colon = text.IndexOf(':');
            name = colon > 0 ? text[..colon].Trim() : null;
            value.Append(colon > 0 ? text[(colon + 1)..].Trim() : "");
        }
        headers.Add(name, value);
        return headers;
    }

    private void Add(string? name, StringBuilder value)
    {
        if (name is not null && values.Count < Most) values.TryAdd(name, value.ToString());
        value.Clear();
    }

    // At semicolons that are not inside quotes.
    private static IEnumerable<string> Split(string value)
    {
        var (start, isQuoted) = (0, false);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '"' && (i == 0 || value[i - 1] != '\\')) isQuoted = !isQuoted;
            if (value[i] != ';' || isQuoted) continue;
            yield return value[start..i];
            start = i + 1;
        }
        yield return value[start..];
    }
}
