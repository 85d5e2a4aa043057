using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CustomerCrm.Platform.Outbound;

namespace CustomerCrm.Tests.Outbound;

/// <summary>Our requests held against the providers' own documents: Prism refuses what does not fit them.</summary>
public class PrismTests
{
    [Test]
    public async Task What_sendgrid_gets_is_what_its_document_asks_for()
    {
        using var prism = await Prism.StartAsync("sendgrid", "tsg_mail_v3.json");
        await using var bench = await SendBench.StartAsync();

        var outcomes = new[]
        {
            await bench.Email(prism.Url, Patient).SendAsync(SendBench.Letter, default),
            await bench.Email(prism.Url, Patient).SendAsync(SendBench.Letter with { Html = null, ToName = null, ReplyTo = "help@example.com", Headers = new Dictionary<string, string>() }, default),
            await bench.Email(prism.Url, Patient).SendAsync(SendBench.Letter with { To = "no address" }, default),
        };

        Assert.That(outcomes.Select(o => o.Result), Is.EqualTo(new[] { SendResult.Accepted, SendResult.Accepted, SendResult.Refused }), prism.Log);
    }

    [Test]
    public async Task What_twilio_gets_is_what_its_document_asks_for()
    {
        using var prism = await Prism.StartAsync("twilio", "twilio_messages_cut.json");
        await using var bench = await SendBench.StartAsync();

        var sent = await bench.Sms(prism.Url, Patient).SendAsync(SendBench.Text, default);
        var refused = await bench.Sms($"{prism.Url}/elsewhere", Patient).SendAsync(SendBench.Text, default);
        var looked = await bench.Sms(prism.Url, Patient).FindAsync("+4915112345678", DateTimeOffset.UnixEpoch, "another text", default);

        Assert.That((sent.Result, refused.Result), Is.EqualTo((SendResult.Accepted, SendResult.Refused)), prism.Log);
        Assert.That(sent.ProviderMessageId, Does.StartWith("SM"));
        Assert.That(looked, Is.Null);
        Assert.That(() => prism.Log.Split("The request passed the validation rules").Length - 1, Is.EqualTo(2).After(10_000, 50), "sending and looking, and not what went elsewhere");
    }

    private static SendTimes Patient { get; } = new() { Attempt = TimeSpan.FromSeconds(30), Deadline = TimeSpan.FromSeconds(40) };

    private sealed class Prism : IDisposable
    {
        private readonly Process process;
        private readonly List<string> lines = [];

        private Prism(Process process, int port) => (this.process, Url) = (process, $"http://127.0.0.1:{port}");

        public string Url { get; }

        public string Log
        {
            get
            {
                lock (lines) return string.Join('\n', lines);
            }
        }

        public static async Task<Prism> StartAsync(string folder, string document)
        {
            var file = Repository.Reference("specs", folder, document);
            var program = Path.Combine(Repository.Root, "tests", "contract", "node_modules", "@stoplight", "prism-cli", "dist", "index.js");
            if (!File.Exists(program)) Assert.Ignore("This needs Node and its packages: npm ci in tests/contract.");
            var port = FreePort();
            var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in new[] { program, "mock", "--errors", "--host", "127.0.0.1", "--port", $"{port}", file }) start.ArgumentList.Add(argument);
            var (prism, ready) = (new Prism(Process.Start(start)!, port), new TaskCompletionSource());
            prism.process.OutputDataReceived += (_, line) => prism.Take(line.Data, ready);
            prism.process.ErrorDataReceived += (_, line) => prism.Take(line.Data, ready);
            prism.process.BeginOutputReadLine();
            prism.process.BeginErrorReadLine();
            await ready.Task.WaitAsync(TimeSpan.FromMinutes(3));
            return prism;
        }

        public void Dispose()
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            process.Dispose();
        }

        private void Take(string? line, TaskCompletionSource ready)
        {
            if (line is null) return;
            lock (lines) lines.Add(line);
            if (line.Contains("Prism is listening", StringComparison.Ordinal)) ready.TrySetResult();
        }

        private static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}
