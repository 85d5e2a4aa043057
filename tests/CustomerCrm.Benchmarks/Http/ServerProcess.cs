using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace CustomerCrm.Benchmarks.Http;

/// <summary>A server in a process of its own, as it runs in production; ended with the benchmark.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process process;

    private ServerProcess(Process process, int port) => (this.process, Port) = (process, port);

    public int Port { get; }

    public HttpClient Client(string? key = null)
    {
        var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}"), Timeout = TimeSpan.FromMinutes(5) };
        if (key is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>Resident memory, in megabytes.</summary>
    public double MemoryMegabytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>Of all its threads, since it began.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Until what was asked of it has no more to follow.</summary>
    public async Task IdleAsync()
    {
        TimeSpan before;
        do
        {
            before = ProcessorTime;
            await Task.Delay(TimeSpan.FromSeconds(2));
        }
        while (ProcessorTime - before > TimeSpan.FromMilliseconds(40));
    }

    public static Task<ServerProcess> BareAsync(string file) =>
        StartAsync(typeof(ServerProcess).Assembly.Location, port => ["bare", $"http://127.0.0.1:{port}", file], "/customers");

    /// <param name="file">Its database.</param>
    /// <param name="settings">More settings, over those of every benchmark.</param>
    public static Task<ServerProcess> ProductAsync(string file, params string[] settings) =>
        StartAsync(typeof(Customers.Customer).Assembly.Location, port => [.. Settings(file), .. settings, "--urls", $"http://127.0.0.1:{port}"], "/health/ready");

    /// <summary>A tenant made as an operator makes one.</summary>
    /// <returns>The tenant's live key.</returns>
    public static async Task<string> SignUpAsync(ServerProcess product, string operatorKey)
    {
        using var client = product.Client(operatorKey);
        var answer = await client.PostAsJsonAsync("/v1/tenants", new { name = "Benchmark" });
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("live").GetProperty("key").GetString()!;
    }

    public static async Task<string> OperatorKeyAsync(string file)
    {
        using var process = Start(typeof(Customers.Customer).Assembly.Location, ["operator-key", .. Settings(file)]);
        var printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return printed.Split('\n').First(line => line.StartsWith("crm_operator_", StringComparison.Ordinal)).Trim();
    }

    /// <summary>A command of the product, such as one that an operator runs beside the program.</summary>
    public static Process Command(string file, params string[] arguments) => Start(typeof(Customers.Customer).Assembly.Location, [.. arguments, .. Settings(file)]);

    /// <summary>As kill -9 does: nothing is finished, nothing is flushed.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited) Kill();
        process.Dispose();
    }

    private static string[] Settings(string file) =>
        ["--Database:ConnectionString", $"Data Source={file}", "--RateLimits:PerKey:Capacity", "0", "--RateLimits:PerTenant:Capacity", "0", "--Logging:LogLevel:Default", "Warning", "--environment", "Production"];

    private static async Task<ServerProcess> StartAsync(string assembly, Func<int, string[]> arguments, string readyPath)
    {
        var port = FreePort();
        var server = new ServerProcess(Start(assembly, arguments(port)), port);
        _ = server.process.StandardOutput.ReadToEndAsync();
        using var client = server.Client();
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < TimeSpan.FromMinutes(2); await Task.Delay(5))
        {
            try
            {
                if ((await client.GetAsync(readyPath)).StatusCode == HttpStatusCode.OK) return server;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }
        throw new InvalidOperationException($"{assembly} did not get ready.");
    }

    private static Process Start(string assembly, string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [assembly, .. arguments])
    {
        RedirectStandardOutput = true,
        UseShellExecute = false,
        WorkingDirectory = Path.GetTempPath(),
    })!;

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
