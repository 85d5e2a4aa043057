using System.Collections.Concurrent;
using System.Diagnostics;
using CustomerCrm.Platform.Http;
using CustomerCrm.Tests.Browser;
using Microsoft.Extensions.Logging;

namespace CustomerCrm.Tests.Http;

public class MaskedPathsTests
{
    [TestCase("/unsubscribe/SECRET", "/unsubscribe/masked")]
    [TestCase("/UNSUBSCRIBE/SECRET", "/UNSUBSCRIBE/masked")]
    [TestCase("/preferences/SECRET?x=1", "/preferences/masked?x=1")]
    [TestCase("/preferences/confirm/SECRET/more", "/preferences/confirm/masked/more")]
    public void A_token_is_taken_out_of_its_path(string path, string masked) => Assert.That(MaskedPaths.Split(path), Is.EqualTo((masked, "SECRET")));

    [TestCase("/v1/customers")]
    [TestCase("/unsubscribe/")]
    [TestCase("/unsubscribes/x")]
    public void Any_other_path_stays(string path) => Assert.That(MaskedPaths.Split(path), Is.Null);

    [TestCase("/v1/exports/exp_1/file", "?ticket=SECRET", "?ticket=masked")]
    [TestCase("/v1/chat/vis_1/stream", "?after=3&ticket=SECRET&x=1", "?after=3&ticket=masked&x=1")]
    public void A_ticket_is_taken_out_of_its_query(string path, string query, string masked) => Assert.That(MaskedPaths.SplitQuery(path, query), Is.EqualTo((masked, "SECRET")));

    [TestCase("/v1/articles/suggestions", "?ticket=tick_01q4jct7m0eq1rsfjd0zhvz58h")]
    [TestCase("/v1/exports/exp_1/file", "?ticket=")]
    [TestCase("/v1/exports/exp_1/file", "")]
    [TestCase("/v1/conversations/stream", "?after=3&my_ticket=4")]
    public void Any_other_query_stays(string path, string query) => Assert.That(MaskedPaths.SplitQuery(path, query), Is.Null);

    /// <summary>Every log line that there is, with its scopes, and every trace, over a real port.</summary>
    [Test]
    public async Task No_log_line_and_no_trace_tells_a_token()
    {
        const string Token = "dGhpc2lzYXRva2VuMTIzNDU2Nzg5MA";
        var (log, traces) = (new Everything(), new ConcurrentBag<string>());
        using var listener = new ActivityListener { ShouldListenTo = source => source.Name is "Microsoft.AspNetCore" or "CustomerCrm", Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded, ActivityStopped = a => traces.Add($"{a.DisplayName} {string.Join(' ', a.TagObjects)}") };
        ActivitySource.AddActivityListener(listener);
        await using var app = BrowserApp.Start(logging => logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Debug).AddFilter(null, LogLevel.Debug));
        using var http = new HttpClient { BaseAddress = app.Address };

        foreach (var path in new[] { "unsubscribe", "preferences", "preferences/confirm" })
        {
            await http.GetAsync($"/{path}/{Token}?utm=1");
            await http.PostAsync($"/{path}/{Token}", null);
        }
        foreach (var path in new[] { "exports/exp_01q4jct7m0eq1rsfjd0zhvz58h/file", "attachments/att_01q4jct7m0eq1rsfjd0zhvz58h/file", "conversations/stream", "imports/imp_01q4jct7m0eq1rsfjd0zhvz58h/progress" })
            await http.GetAsync($"/v1/{path}?after=3&ticket={Token}");

        Assert.That(log.Lines.Count(line => line.Contains("/unsubscribe/masked", StringComparison.Ordinal)), Is.GreaterThan(0), "the requests were logged");
        Assert.That(traces, Is.Not.Empty, "and traced");
        Assert.That(log.Lines.Concat(traces).Where(line => line.Contains(Token, StringComparison.Ordinal)), Is.Empty);
    }

    private sealed class Everything : ILoggerProvider, ILogger
    {
        public ConcurrentBag<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            Add(state);
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Lines.Add(formatter(state, exception));
            Add(state);
        }

        public void Dispose() { }

        private void Add(object? state) => Lines.Add(state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs) : $"{state}");
    }
}
