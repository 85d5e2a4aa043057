using System.Globalization;
using System.Reflection;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace CustomerCrm.Platform.Http;

/// <summary>A resource that counts its changes. Its ETag is <c>"r7"</c> in revision 7 (RFC 9110, 8.8.3).</summary>
public interface IVersioned
{
    int Revision { get; }
}

/// <summary>
/// What the caller believes it is changing (RFC 9110, 13.1.1 and 13.1.2). Absent means "whatever it is now"; a tag that is
/// weak or not a tag matches nothing. <c>If-None-Match: *</c> wants nothing to be there yet.
/// </summary>
public sealed class IfMatch
{
    private readonly string? header, noneOf;

    private IfMatch(string? header, string? noneOf) => (this.header, this.noneOf) = (header, noneOf);

    /// <exception cref="ApiProblem">412: the resource has another revision by now.</exception>
    public void Check(int revision)
    {
        if (!Allows(revision)) throw ApiProblem.PreconditionFailed();
    }

    /// <summary>Nothing is there: whoever expects something, whatever it is, does not go on.</summary>
    /// <exception cref="ApiProblem">412.</exception>
    public void CheckAbsent()
    {
        if (header is not null) throw ApiProblem.PreconditionFailed();
    }

    internal bool Allows(int revision) =>
        (header is null || ETag.Lists(header, ETag.Of(revision))) && (noneOf is null || !ETag.ListsWeakly(noneOf, ETag.Of(revision)));

    /// <summary>The revision that the caller read, where the header is the tag of one.</summary>
    internal int? Held => header is not null && header.StartsWith("\"r", StringComparison.Ordinal) && header.EndsWith('"')
        && int.TryParse(header.AsSpan(2, header.Length - 3), NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : null;

    public static ValueTask<IfMatch?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult<IfMatch?>(new IfMatch(TextOf(context.Request.Headers.IfMatch), TextOf(context.Request.Headers.IfNoneMatch)));

    private static string? TextOf(StringValues sent) => sent.Count > 0 ? sent.ToString() : null;
}

internal static class ETag
{
    public static string Of(int revision) => string.Create(CultureInfo.InvariantCulture, $"\"r{revision}\"");

    /// <summary>Strong comparison: a weak tag equals nothing.</summary>
    public static bool Lists(string header, string tag)
    {
        foreach (var part in header.AsSpan().Split(','))
        {
            var one = header.AsSpan(part).Trim();
            if (one is "*" || one.SequenceEqual(tag)) return true;
        }
        return false;
    }

    /// <summary>Weak comparison, as If-None-Match wants it.</summary>
    public static bool ListsWeakly(string header, string tag) => Lists(header.Replace("W/", "", StringComparison.Ordinal), tag);
}
