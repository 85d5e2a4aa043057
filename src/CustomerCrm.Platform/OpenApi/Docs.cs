using Microsoft.AspNetCore.Builder;

namespace CustomerCrm.Platform.OpenApi;

/// <summary><c>/docs</c>: Swagger UI over <c>/openapi.yaml</c>. Everything comes from this program, and the pages may speak to nothing else.</summary>
public static class Docs
{
    private const string Prefix = "docs";

    // The UI sets styles on elements and draws its icons from data: addresses; it needs no inline and no foreign script.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /// <summary>Behind the security headers, which it loosens for its own pages, and in front of the keys.</summary>
    public static IApplicationBuilder UseDocs(this IApplicationBuilder app) =>
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/" + Prefix, StringComparison.Ordinal), docs => docs
            .Use((http, next) =>
            {
                http.Response.Headers.ContentSecurityPolicy = Policy;
                return next(http);
            })
            .UseSwaggerUI(options =>
            {
                options.RoutePrefix = Prefix;
                options.DocumentTitle = "CustomerCrm";
                options.SwaggerEndpoint("/openapi.yaml", "CustomerCrm");
                options.EnableTryItOutByDefault();
                options.ConfigObject.ValidatorUrl = null; // else it asks a foreign site about the document
                options.ConfigObject.DeepLinking = true;
            }));
}
