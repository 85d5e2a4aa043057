using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CustomerCrm.Tests.Platform;

namespace CustomerCrm.Tests.Imports;

public class KilledImportTests
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("crm-killed-import-");

    [TearDown]
    public void Remove() => folder.Delete(recursive: true);

    [Test]
    public async Task A_run_that_is_killed_goes_on_at_once_where_it_stopped_and_doubles_nothing()
    {
        const int rows = 6000;
        var file = Path.Combine(folder.FullName, "crm.db");
        string key, id;
        using (var program = await RunningProgram.StartAsync(file, "--Jobs:Lease", "01:00:00"))
        {
            key = await SignUpAsync(program);
            using var http = program.Client(key);
            id = await UploadAsync(http, "email,first_name\n" + string.Concat(Enumerable.Range(0, rows).Select(i => $"p{i}@example.com,Name{i}\n")));
            await http.PostAsync($"/v1/imports/{id}/run", null);
            await UntilAsync(http, id, import => import.GetProperty("position").GetInt32() > 0);
            program.Kill();
        }

        using var again = await RunningProgram.StartAsync(file);
        using var client = again.Client(key);
        var import = await UntilAsync(client, id, import => import.Text("status") == "finished").WaitAsync(TimeSpan.FromMinutes(1));

        Assert.That(import.Of("run", "created"), Is.EqualTo(rows));
        Assert.That(import.Of("run", "skipped") + import.Of("run", "updated") + import.Of("run", "conflicts"), Is.Zero);
    }

    private static async Task<string> SignUpAsync(RunningProgram program)
    {
        using var client = program.Client();
        var answer = await client.PostAsJsonAsync("/v1/tenants", new { name = "Acme" });
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("live").Text("key");
    }

    private static async Task<string> UploadAsync(HttpClient http, string file)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(file)) { Headers = { ContentType = MediaTypeHeaderValue.Parse("text/csv") } };
        return (await (await http.PostAsync("/v1/imports?resource=customers", content)).Content.ReadFromJsonAsync<JsonElement>()).Text("id");
    }

    // The stream of progress tells of every change, so nothing is asked in vain.
    private static async Task<JsonElement> UntilAsync(HttpClient http, string id, Func<JsonElement, bool> isSo)
    {
        using var stream = new StreamReader(await http.GetStreamAsync($"/v1/imports/{id}/progress"));
        while (await stream.ReadLineAsync() is { } line)
            if (line.StartsWith("data: ", StringComparison.Ordinal) && JsonSerializer.Deserialize<JsonElement>(line[6..]) is var progress && isSo(progress)) return progress;
        throw new AssertionException("The import ended otherwise.");
    }
}
