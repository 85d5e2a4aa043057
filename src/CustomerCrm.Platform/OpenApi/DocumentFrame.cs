using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace CustomerCrm.Platform.OpenApi;

/// <summary>What stands round the operations: what this API is, and the rules that hold for all of it.</summary>
internal static class DocumentFrame
{
    private const string About = """
        A CRM of many tenants: customers, orders and interactions come in; segments, retention and lifetime value come out.

        **Keys.** Every request carries an API key as `Authorization: Bearer …`. The key decides the tenant; what belongs to another tenant answers exactly like what does not exist.

        **People** sign in at `/v1/sessions` and send the access token in the place of a key; it lives for minutes, and the refresh token brings the next. What a person may do is said by their role.

        **Bodies** are JSON with snake_case members. Unknown and duplicate members are refused, and so are unknown query parameters. A body is at most a mebibyte and not compressed. A text that has to be there says something: one of white space alone is refused (422 `blank`). In a PATCH an absent member stays as it is and null clears it.

        **Errors** are RFC 9457 problems with a stable `code`, every wrong field in `errors`, and a `trace_id`, which is that of the `traceparent` you sent. The `type` is an address that explains the problem.

        **Repeats.** Every POST, PUT, PATCH and DELETE takes an `Idempotency-Key`, but for those about sign-in and passwords, which keep nothing of what they are sent.

        **Revisions.** A single resource has an `ETag`; send it as `If-Match` with a change and the change is refused if somebody was faster.

        **Lists** come in pages: follow `next_cursor` while `has_more`. There is no total.

        **Growth.** New members, enum values and problem codes may be added at any time; be ready for values that you do not know.
        """;

    public static void Apply(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo { Title = "CustomerCrm", Version = "1.0.0", Description = About.ReplaceLineEndings("\n") };
        document.Servers =
        [
            new OpenApiServer
            {
                Url = "/",
                Description = "The installation that serves this document, be it production, staging or local.",
                Extensions = new Dictionary<string, IOpenApiExtension> { ["x-internal"] = new JsonNodeExtension(JsonValue.Create(false)) },
            },
        ];
    }
}
