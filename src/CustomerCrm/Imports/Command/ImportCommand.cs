using System.Net.Http.Headers;
using CustomerCrm.Platform.Access;

namespace CustomerCrm.Imports.Command;

/// <summary>
/// <c>-- import FILE --tenant T [--resource customers]</c>: imports a file through the API of the program that runs, or, where none does,
/// through its own for as long as it takes. T is the number of a data set, or a tenant's id or name, which is its live data.
/// </summary>
internal static class ImportCommand
{
    public const string Name = "import";

    private static readonly string[] scopes = ["imports:read", "imports:write", "customers:write", "interactions:write", "orders:write", "consents:write"];

    public static bool IsAsked(IReadOnlyList<string> args) => args.Count > 0 && args[0] == Name;

    /// <summary>What this command wants of the program that it starts: quiet, and without the demo.</summary>
    public static string[] SettingsFor(IReadOnlyList<string> args) => IsAsked(args) ? ["--Demo:Seed=false", "--Logging:LogLevel:Default=Warning"] : [];

    /// <summary>Owns the file: this process answers the API and runs the jobs itself, for as long as it takes.</summary>
    public static async Task<int> RunAloneAsync(WebApplication app, IReadOnlyList<string> args, TextWriter output, CancellationToken ct)
    {
        app.Urls.Clear();
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync(ct);
        try
        {
            return await RunAsync(app.Services, args, new Uri(app.Urls.First()), output, ct);
        }
        finally
        {
            await app.StopAsync(CancellationToken.None);
        }
    }

    /// <summary>Another process owns the file: the API that it answers does the work.</summary>
    /// <param name="services">Of this process.</param>
    /// <param name="args">From the command line.</param>
    /// <param name="urls">The setting <c>Urls</c>, which is to be the other's.</param>
    /// <param name="output">Shows the progress.</param>
    /// <param name="errors">Says why not.</param>
    /// <param name="ct">Stops watching; the import goes on.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunBesideAsync(IServiceProvider services, IReadOnlyList<string> args, string? urls, TextWriter output, TextWriter errors, CancellationToken ct)
    {
        var api = ApiAddress.Of(urls);
        try
        {
            if (api is not null) return await RunAsync(services, args, api, output, ct);
        }
        catch (HttpRequestException)
        {
            // Said below.
        }
        await errors.WriteLineAsync($"The program that runs does not answer at {api?.ToString() ?? urls}: say where it listens, as in --urls http://localhost:5080.");
        return 1;
    }

    /// <param name="services">Of this process, whose database is the one that is imported into.</param>
    /// <param name="args">From the command line.</param>
    /// <param name="api">Where the API answers.</param>
    /// <param name="output">Shows the progress.</param>
    /// <param name="ct">Stops watching; the import goes on.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IServiceProvider services, IReadOnlyList<string> args, Uri api, TextWriter output, CancellationToken ct)
    {
        if (args.Count < 2 || !File.Exists(args[1]) || ValueOf(args, "--tenant") is not { } tenant)
        {
            await output.WriteLineAsync($"Say which file and for whom: {Name} FILE --tenant T [--resource customers|interactions|orders]");
            return 2;
        }
        var keys = services.GetRequiredService<TemporaryKeys>();
        if (await keys.MakeAsync(tenant, $"Import of {Path.GetFileName(args[1])}", scopes, ct) is not { } key)
        {
            await output.WriteLineAsync($"No tenant is called {tenant}, or several are. Say its id, or the number of the data set.");
            return 2;
        }
        try
        {
            using var http = new HttpClient { BaseAddress = api, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key.Text) } };
            return await new ImportedFile(http, output).RunAsync(args[1], ValueOf(args, "--resource") ?? "customers", ct);
        }
        finally
        {
            await keys.TakeBackAsync(key, CancellationToken.None);
        }
    }

    private static string? ValueOf(IReadOnlyList<string> args, string name)
    {
        for (var i = 0; i + 1 < args.Count; i++)
            if (args[i] == name) return args[i + 1];
        return null;
    }
}
