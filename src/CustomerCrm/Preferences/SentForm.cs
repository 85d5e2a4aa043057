using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http.Features;

namespace CustomerCrm.Preferences;

/// <summary>What a page, or a mail program by RFC 8058, sends: a short form, as <c>application/x-www-form-urlencoded</c> or <c>multipart/form-data</c>.</summary>
internal static class SentForm
{
    // The longest text that a page asks for has 10,000 characters, and each may be nine bytes when a form sends it.
    private static readonly FormOptions limits = new() { ValueCountLimit = 1000, ValueLengthLimit = 96 << 10, MultipartBodyLengthLimit = 256 << 10, BufferBodyLengthLimit = 256 << 10 };

    /// <summary>Empty, where no form was sent.</summary>
    /// <exception cref="ApiProblem">400: it is too long, or none.</exception>
    public static async Task<IFormCollection> ReadAsync(HttpContext http, CancellationToken ct, FormOptions? atMost = null)
    {
        if (!http.Request.HasFormContentType) return FormCollection.Empty;
        try
        {
            http.Features.Set<IFormFeature>(new FormFeature(http.Request, atMost ?? limits));
            return await http.Request.ReadFormAsync(atMost ?? limits, ct);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw ApiProblem.BadRequest("bad_request", "The form cannot be read.");
        }
    }
}
