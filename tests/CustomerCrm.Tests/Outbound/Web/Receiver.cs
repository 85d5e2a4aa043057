using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CustomerCrm.Tests.Outbound.Web;

/// <summary>A server somewhere else that answers as a test likes and remembers what it got.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly CancellationTokenSource closing = new();
    private readonly ConcurrentQueue<Call> calls = new();

    private Receiver(WebApplication app) => this.app = app;

    public string Url => $"{app.Urls.Single()}/hooks";
    public IReadOnlyList<Call> Calls => [.. calls];

    /// <summary>What to answer from now on.</summary>
    public Func<Call, Task> OnCall { get; set; } = call => call.Answer(204, "");

    public static async Task<Receiver> StartAsync(Func<Call, Task>? onCall = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxResponseBufferSize = 64 << 10);
        var receiver = new Receiver(builder.Build());
        if (onCall is not null) receiver.OnCall = onCall;
        receiver.app.Run(receiver.TakeAsync);
        await receiver.app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await app.DisposeAsync();
        closing.Dispose();
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var call = new Call(http, await reader.ReadToEndAsync(), closing.Token);
        calls.Enqueue(call);
        await OnCall(call);
    }

    internal sealed class Call(HttpContext http, string body, CancellationToken closing)
    {
        public string Body { get; } = body;
        public string Path { get; } = http.Request.Path;
        public IReadOnlyDictionary<string, string> Headers { get; } = http.Request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString());

        public async Task Answer(int status, string text, params (string Name, string Value)[] headers)
        {
            http.Response.StatusCode = status;
            foreach (var (name, value) in headers) http.Response.Headers[name] = value;
            if (text.Length > 0) await http.Response.WriteAsync(text, closing);
        }

        public Task HangAsync() => Task.Delay(Timeout.Infinite, closing).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }
}
