using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CustomerCrm.Tests.Outbound;

/// <summary>
/// A provider of SendGrid's and Twilio's APIs that does what real ones do on bad days. Everything it reads whole counts as taken, because a real one
/// might have sent it. Accounts (an API key or an account's SID) are apart, so that tests are.
/// </summary>
internal sealed class StubProvider : IAsyncDisposable
{
    /// <summary>Megabytes of the huge answer, and drops of the one that drips.</summary>
    public const int Huge = 500, Drops = 1000;

    private readonly WebApplication app;
    private readonly CancellationTokenSource closing = new();
    private readonly ConcurrentDictionary<string, Account> accounts = new();

    private StubProvider(WebApplication app) => this.app = app;

    public string Url => app.Urls.Single();

    public Account Of(string account) => accounts.GetOrAdd(account, _ => new Account());

    public static async Task<StubProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxResponseBufferSize = 64 << 10);
        var stub = new StubProvider(builder.Build());
        stub.app.Run(stub.TakeAsync);
        await stub.app.StartAsync();
        return stub;
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await app.DisposeAsync();
        closing.Dispose();
    }

    private async Task TakeAsync(HttpContext http)
    {
        var account = Of(AccountOf(http.Request));
        using var reader = new StreamReader(http.Request.Body);
        var taken = new Taken(http.Request.Path, http.Request.QueryString.Value ?? "", await reader.ReadToEndAsync(), http.Request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString()));
        if (HttpMethods.IsPost(http.Request.Method)) account.Take(taken);
        else account.Look(taken);
        await DoAsync(HttpMethods.IsPost(http.Request.Method) ? account.Next() : account.Lookup, taken, http);
    }

    private async Task DoAsync(Day day, Taken taken, HttpContext http)
    {
        var (answer, isTwilio) = (http.Response, taken.Path.Contains("/Accounts/", StringComparison.Ordinal));
        switch (day)
        {
            case Day.Good when isTwilio && HttpMethods.IsGet(http.Request.Method):
                await SayAsync(answer, 200, Of(AccountOf(http.Request)).Found);
                break;
            case Day.Good when isTwilio:
                await SayAsync(answer, 201, $$"""{"sid":"{{Account.Sid}}","status":"queued","error_code":null}""");
                break;
            case Day.Good:
                answer.Headers["X-Message-Id"] = "14c5d75ce93.dfd.64b469";
                answer.StatusCode = 202;
                break;
            case Day.Hang:
                await UntilClosedAsync();
                break;
            case Day.Reset:
                http.Abort();
                break;
            case Day.Throttled:
                answer.Headers.RetryAfter = "0";
                await SayAsync(answer, 429, """{"code":20429}""");
                break;
            case Day.ThrottledLong:
                answer.Headers.RetryAfter = "120";
                await SayAsync(answer, 429, """{"code":20429}""");
                break;
            case Day.ThrottledSilently:
                await SayAsync(answer, 429, "");
                break;
            case Day.Broken:
                await SayAsync(answer, 500, "{}");
                break;
            case Day.Refusing:
                await SayAsync(answer, 400, """{"code":21211,"message":"The 'To' number +4915112345678 is not valid.","status":400}""");
                break;
            case Day.Stopped:
                await SayAsync(answer, 400, """{"code":21610,"message":"Attempt to send to unsubscribed recipient","status":400}""");
                break;
            case Day.Locked:
                await SayAsync(answer, 401, "{}");
                break;
            case Day.Html:
                answer.ContentType = "text/html";
                await SayAsync(answer, 200, "<html><body>Welcome to the hotel's network</body></html>");
                break;
            case Day.WrongTypes:
                await SayAsync(answer, 201, """{"sid":{"a":"'; DROP TABLE Messages --"},"status":7}""");
                break;
            case Day.Redirecting:
                answer.Headers.Location = "/elsewhere";
                answer.StatusCode = 307;
                break;
            case Day.Huge:
                answer.StatusCode = isTwilio ? 201 : 200;
                await PourAsync(answer, Of(AccountOf(http.Request)));
                break;
            default:
                answer.StatusCode = isTwilio ? 201 : 200;
                await DripAsync(answer, Of(AccountOf(http.Request)));
                break;
        }
    }

    private static async Task SayAsync(HttpResponse answer, int status, string text)
    {
        answer.StatusCode = status;
        answer.ContentType ??= "application/json";
        await answer.WriteAsync(text);
    }

    // Far more than the buffers between hold (some tens of megabytes), and nobody needs it.
    private async Task PourAsync(HttpResponse answer, Account account)
    {
        var much = new byte[1 << 20];
        try
        {
            for (var i = 0; i < Huge; i++, account.Poured++) await answer.Body.WriteAsync(much, closing.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // They have hung up, as they should.
        }
    }

    private async Task DripAsync(HttpResponse answer, Account account)
    {
        try
        {
            for (var i = 0; i < Drops && !answer.HttpContext.RequestAborted.IsCancellationRequested; i++, account.Poured++)
            {
                await answer.Body.WriteAsync("{"u8.ToArray(), closing.Token);
                await answer.Body.FlushAsync(closing.Token);
                await Task.Delay(20, closing.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // They have hung up, as they should.
        }
    }

    private Task UntilClosedAsync() => Task.Delay(Timeout.Infinite, closing.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    private static string AccountOf(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        if (!authorization.StartsWith("Basic ", StringComparison.Ordinal)) return authorization.Split(' ')[^1];
        return Encoding.UTF8.GetString(Convert.FromBase64String(authorization[6..])).Split(':')[0];
    }

    internal sealed record Taken(string Path, string Query, string Body, IReadOnlyDictionary<string, string> Headers);

    internal sealed class Account
    {
        public const string Sid = "SM00000000000000000000000000000001";

        private readonly ConcurrentQueue<Taken> taken = new(), looks = new();
        private readonly ConcurrentQueue<Day> days = new();

        /// <summary>What a real one might have sent by now.</summary>
        public IReadOnlyList<Taken> Messages => [.. taken];

        public IReadOnlyList<Taken> Looks => [.. looks];

        /// <summary>How many megabytes, or drops, of an answer without end got away.</summary>
        public int Poured { get; set; }

        public Day Lookup { get; set; } = Day.Good;

        /// <summary>What it answers to who looks for a message.</summary>
        public string Found { get; set; } = """{"messages":[]}""";

        /// <summary>The next calls; the last holds on.</summary>
        public void Will(params IEnumerable<Day> next)
        {
            foreach (var day in next) days.Enqueue(day);
        }

        public Day Next() => days.Count > 1 && days.TryDequeue(out var day) ? day : days.TryPeek(out var last) ? last : Day.Good;

        public void Take(Taken message) => taken.Enqueue(message);

        public void Look(Taken look) => looks.Enqueue(look);
    }
}

/// <summary>How it behaves at one call.</summary>
public enum Day { Good, Hang, Reset, Throttled, ThrottledLong, ThrottledSilently, Broken, Refusing, Stopped, Locked, Html, WrongTypes, Redirecting, Huge, Drip }
