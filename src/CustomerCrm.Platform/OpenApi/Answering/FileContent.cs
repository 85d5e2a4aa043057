using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace CustomerCrm.Platform.OpenApi.Answering;

/// <summary>Bodies that are files: text of a type of their own, of which an example says more than a schema.</summary>
internal static class FileContent
{
    public static Dictionary<string, OpenApiMediaType> Of(IEnumerable<string> mediaTypes) => mediaTypes.ToDictionary(type => type, type => new OpenApiMediaType
    {
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 50 << 20 },
        Example = JsonValue.Create(type switch
        {
            "text/csv" => "email,first_name\r\nana@example.com,Ana\r\n",
            "application/x-ndjson" => "{\"email\":\"ana@example.com\",\"first_name\":\"Ana\"}\n",
            "text/event-stream" => "event: progress\ndata: {}\n\n",
            _ => "",
        }),
    });
}
