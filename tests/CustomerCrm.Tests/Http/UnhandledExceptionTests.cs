using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Tests.Http;

public class UnhandledExceptionTests
{
    [Test]
    public async Task The_log_says_what_failed_and_where_but_not_what_the_message_quotes()
    {
        await using var database = Database.For("Sqlite", "Data Source=:memory:");
        var log = new WrittenLog();
        var http = new DefaultHttpContext { RequestServices = TestApi.Services };
        var middleware = new ProblemMiddleware(_ => throw new InvalidCastException("Not a number: ada@example.com"), database, new LiteralRoutes(new Microsoft.AspNetCore.Routing.DefaultEndpointDataSource()), Options.Create(new PublicOptions()), log);

        await middleware.InvokeAsync(http);

        Assert.That(http.Response.StatusCode, Is.EqualTo(500));
        Assert.That(log.Text, Does.Contain(nameof(InvalidCastException)).And.Contain(nameof(UnhandledExceptionTests)));
        Assert.That(log.Text, Does.Not.Contain("ada@"));
    }

    private sealed class WrittenLog : ILogger<ProblemMiddleware>
    {
        public string Text { get; private set; } = "";

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Text += $"{formatter(state, exception)} {exception}";
    }
}
