using System.Net.Http.Headers;
using System.Text.Json;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Imports.Command;

/// <summary>A file on its way through the API, with a bar that grows.</summary>
internal sealed class ImportedFile(HttpClient http, TextWriter output)
{
    private static readonly TimeSpan every = TimeSpan.FromMilliseconds(300);

    /// <returns>0 if it is finished, 1 if not.</returns>
    public async Task<int> RunAsync(string file, string resource, CancellationToken ct)
    {
        using var content = new StreamContent(File.OpenRead(file));
        content.Headers.ContentType = new MediaTypeHeaderValue(Path.GetExtension(file).ToLowerInvariant() is ".jsonl" or ".ndjson" or ".json" ? ImportUpload.MediaTypes[1] : ImportUpload.MediaTypes[0]);
        if (await AskAsync(HttpMethod.Post, $"/v1/imports?resource={Uri.EscapeDataString(resource)}&file_name={Uri.EscapeDataString(Path.GetFileName(file))}", content, ct) is not { } import) return 1;

        await output.WriteLineAsync($"{import.Rows} rows, {import.Format.Encoding}. {string.Join(", ", import.Mapping.Select(m => $"{m.Column} → {m.Field}"))}");
        import = await AskAsync(HttpMethod.Post, $"/v1/imports/{import.Id}/run", null, ct);
        while (import is not null)
        {
            await output.WriteAsync($"\r{ProgressBar.Of(import.Position, import.Rows)}");
            if (!ImportLife.IsAtWork(import.Status)) break;
            await Task.Delay(every, ct);
            import = await AskAsync(HttpMethod.Get, $"/v1/imports/{import.Id}", null, ct);
        }
        await output.WriteLineAsync();
        if (import is not { Run: { } run }) return 1;
        await output.WriteLineAsync($"{StrictJson.NameOf(import.Status)}: {run.Created} created, {run.Updated} updated, {run.Skipped} skipped, {run.Conflicts} in conflict, {run.Invalid} invalid");
        await output.WriteLineAsync($"Errors: GET /v1/imports/{import.Id}/errors · Undo: POST /v1/imports/{import.Id}/undo");
        return import.Status == ImportStatus.Finished ? 0 : 1;
    }

    private async Task<Import?> AskAsync(HttpMethod method, string path, HttpContent? content, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var answer = await http.SendAsync(request, ct);
        var body = await answer.Content.ReadAsStringAsync(ct);
        if (answer.IsSuccessStatusCode) return JsonSerializer.Deserialize<Import>(body, StrictJson.Options);
        await output.WriteLineAsync($"{(int)answer.StatusCode} {body}");
        return null;
    }
}
