using System.Diagnostics;
using System.Net.Http.Headers;

namespace CustomerCrm.Tests.Platform;

/// <summary>The program in a process of its own, on a port that it chose, so that it can be killed.</summary>
internal sealed class RunningProgram : IDisposable
{
    private readonly Process process;
    private readonly Uri address;

    private RunningProgram(Process process, Uri address) => (this.process, this.address) = (process, address);

    public static async Task<RunningProgram> StartAsync(string file, params string[] settings)
    {
        var process = Start(file, ["--urls", "http://127.0.0.1:0", "--Demo:Seed", "false", "--Logging:LogLevel:Default", "Information", .. settings]);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Split("Now listening on: ") is not [_, var address]) continue;
            _ = process.StandardOutput.ReadToEndAsync(); // else it stops when the pipe is full
            return new RunningProgram(process, new Uri(address));
        }
        throw new InvalidOperationException("The program ended before it listened.");
    }

    /// <summary>The program in a process of its own, with the settings of every test.</summary>
    /// <param name="file">Its database.</param>
    /// <param name="arguments">A command, or more settings.</param>
    public static Process Start(string file, params string[] arguments)
    {
        string[] all =
        [
            typeof(Program).Assembly.Location, .. arguments, "--environment", "Development",
            "--Database:ConnectionString", $"Data Source={file}", "--RateLimits:PerKey:Capacity", "0", "--RateLimits:PerTenant:Capacity", "0",
        ];
        return Process.Start(new ProcessStartInfo("dotnet", all) { RedirectStandardOutput = true })!;
    }

    public HttpClient Client(string? key = null)
    {
        var client = new HttpClient { BaseAddress = address };
        if (key is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

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
}
