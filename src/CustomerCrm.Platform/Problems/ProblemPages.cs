using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace CustomerCrm.Platform.Problems;

/// <summary><c>/problems/{code}</c>: what the <c>type</c> of a problem points to, for the person who looks it up (RFC 9457, 3.1.1).</summary>
public static class ProblemPages
{
    public static void MapProblemPages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/problems", (ProblemCatalogue kinds) => Page("Problems", string.Concat(kinds.All.Select(Line)))).ExcludeFromDescription();
        app.MapGet("/problems/{code}", Show).ExcludeFromDescription();
    }

    private static ContentHttpResult Show(string code, ProblemCatalogue kinds) => kinds.Find(code) is { } kind
        ? Page($"{kind.Code} ({kind.Status})", $"<p>{Text(kind.Meaning)}</p><p>{Text(kind.Remedy)}</p><p><a href=\"/problems\">All problems</a></p>")
        : throw ApiProblem.NotFound("problem");

    private static string Line(ProblemKind kind) => $"<p><a href=\"/problems/{Text(kind.Code)}\">{Text(kind.Code)}</a> ({kind.Status}): {Text(kind.Meaning)}</p>";

    private static ContentHttpResult Page(string title, string body) => TypedResults.Text(
        $"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{Text(title)}</title></head><body><h1>{Text(title)}</h1>{body}</body></html>\n", "text/html; charset=utf-8");

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
