using System.Net.Http.Headers;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Access.Keys;

namespace CustomerCrm.Imports.Command;

/// <summary>
/// <c>-- import FILE --tenant T [--resource customers]</c>: imports a file through the API of the program that runs, or, where none does,
/// through its own for as long as it takes. T is the number of a data set, or a tenant's id or name, which is its live data.
/// </summary>
internal static class ImportCommand
{
    public const string Name = "import";

    private static readonly string[] scopes = ["imports:read", "imports:write", "customers:write", "interactions:write", "orders:write", "consents:write"];

    /// <summary>What this command wants of the program that it starts: quiet, and without the demo.</summary>
    public static string[] SettingsFor(CommandLine said) => said.Command == Name ? ["--Demo:Seed=false", "--Logging:LogLevel:Default=Warning"] : [];

    /// <summary>Owns the file: this process answers the API and runs the jobs itself, for as long as it takes.</summary>
    public static async Task<int> RunAloneAsync(WebApplication app, CommandLine said, TextWriter output, CancellationToken ct)
    {
        app.Urls.Clear();
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync(ct);
        try
        {
            return await RunAsync(app.Services, said, new Uri(app.Urls.First()), output, ct);
        }
        finally
        {
            await app.StopAsync(CancellationToken.None);
        }
    }

    /// <summary>Another process owns the file: the API that it answers does the work.</summary>
    /// <param name="services">Of this process.</param>
    /// <param name="said">By the command line.</param>
    /// <param name="urls">The setting <c>Urls</c>, which is to be the other's.</param>
    /// <param name="output">Shows the progress.</param>
    /// <param name="errors">Says why not.</param>
    /// <param name="ct">Stops watching; the import goes on.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunBesideAsync(IServiceProvider services, CommandLine said, string? urls, TextWriter output, TextWriter errors, CancellationToken ct)
    {
        var api = ApiAddress.Of(urls);
        try
        {
            if (api is not null) return await RunAsync(services, said, api, output, ct);
        }
        catch (HttpRequestException)
        {
            // Said below.
        }
        await errors.WriteLineAsync($"The program that runs does not answer at {api?.ToString() ?? urls}: say where it listens, as in --urls http://localhost:5080.");
        return 1;
    }

    /// <param name="services">Of this process, whose database is the one that is imported into.</param>
    /// <param name="said">By the command line.</param>
    /// <param name="api">Where the API answers.</param>
    /// <param name="output">Shows the progress.</param>
    /// <param name="ct">Stops watching; the import goes on.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IServiceProvider services, CommandLine said, Uri api, TextWriter output, CancellationToken ct)
    {
        if (said.Words is not [var file] || !File.Exists(file) || said.ValueOf("--tenant") is not { } tenant)
        {
            await output.WriteLineAsync($"Say which file and for whom: {Name} FILE --tenant T [--resource customers|interactions|orders|consents]");
            return 2;
        }
        var keys = services.GetRequiredService<TemporaryKeys>();
        if (await keys.MakeAsync(tenant, $"Import of {Path.GetFileName(file)}", scopes, ct) is not { } key)
        {
            await output.WriteLineAsync($"No tenant is called {tenant}, or several are. Say its id, or the number of the data set.");
            return 2;
        }
        try
        {
            using var http = new HttpClient { BaseAddress = api, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key.Text) } };
            return await new ImportedFile(http, output).RunAsync(file, said.ValueOf("--resource") ?? "customers", ct);
        }
        finally
        {
            await keys.TakeBackAsync(key, CancellationToken.None);
        }
    }
}
