using System.Diagnostics;
using System.Net;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Outbound.Web;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Tests.Outbound.Web;

/// <summary>Names of a hostile name server, and servers that answer as they like.</summary>
public class GuardedHttpTests
{
    [TestCase("127.0.0.1")]
    [TestCase("8.8.8.8", "127.0.0.1")]
    [TestCase("2001:4860:4860::8888", "10.0.0.1")]
    [TestCase("::ffff:169.254.169.254")]
    [TestCase("64:ff9b::808:808")]
    public void A_name_with_any_internal_answer_is_not_connected_to(params string[] answers)
    {
        var connector = new GuardedConnector((_, _) => Task.FromResult(Array.ConvertAll(answers, IPAddress.Parse)), Options.Create(new OutboundOptions()));

        Assert.ThrowsAsync<InternalAddressException>(() => connector.ConnectAsync(new DnsEndPoint("rebind.example", 443), CancellationToken.None));
    }

    [TestCase("127.0.0.1")]
    [TestCase("127.0.0.1.")]
    [TestCase("::1")]
    [TestCase("[::1]")]
    public void An_address_in_place_of_a_name_is_judged_too(string host)
    {
        var connector = new GuardedConnector((_, _) => throw new InvalidOperationException("nothing to resolve"), Options.Create(new OutboundOptions()));

        Assert.ThrowsAsync<InternalAddressException>(() => connector.ConnectAsync(new DnsEndPoint(host, 443), CancellationToken.None));
    }

    [Test]
    public void A_name_that_changes_its_answer_is_asked_once_and_refused()
    {
        var asked = 0;
        var http = HttpWith((_, _) => Task.FromResult(new[] { IPAddress.Parse(asked++ == 0 ? "10.0.0.1" : "8.8.8.8") }));

        var refused = Assert.ThrowsAsync<WebCallException>(() => PostAsync(http, "https://rebind.example/"));

        Assert.That((refused!.Code, refused.WasSent, asked), Is.EqualTo(("internal_address", false, 1)));
    }

    [Test]
    public void A_name_without_an_address_was_never_sent_to()
    {
        var http = HttpWith((_, _) => Task.FromResult(Array.Empty<IPAddress>()));

        var failed = Assert.ThrowsAsync<WebCallException>(() => PostAsync(http, "https://gone.example/"));

        Assert.That((failed!.WasSent, failed.Code), Is.EqualTo((false, "name_not_found")).Or.EqualTo((false, "connection_failed")));
    }

    [Test]
    public async Task A_redirect_is_an_answer_like_another()
    {
        await using var receiver = await Receiver.StartAsync(call => call.Answer(302, "", ("Location", "http://127.0.0.1:1/")));

        var answer = await PostAsync(HttpWith(allowInternal: true), receiver.Url);

        Assert.That(answer.Status, Is.EqualTo(302));
        Assert.That(receiver.Calls, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task No_more_of_the_answer_is_read_than_was_asked_for()
    {
        await using var receiver = await Receiver.StartAsync(call => call.Answer(200, new string('x', 5_000_000)));

        var answer = await PostAsync(HttpWith(allowInternal: true), receiver.Url);

        Assert.That(answer.Start, Has.Length.EqualTo(1024));
    }

    [Test]
    public async Task A_server_that_never_answers_costs_no_more_than_the_patience()
    {
        await using var receiver = await Receiver.StartAsync(call => call.HangAsync());
        var watch = Stopwatch.StartNew();

        var failed = Assert.ThrowsAsync<WebCallException>(() => PostAsync(HttpWith(allowInternal: true), receiver.Url, TimeSpan.FromMilliseconds(300)));

        Assert.That((failed!.Code, failed.WasSent), Is.EqualTo(("timeout", true)));
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
    }

    [Test]
    public async Task Headers_without_an_end_are_refused()
    {
        await using var receiver = await Receiver.StartAsync(call => call.Answer(200, "", ("X-Long", new string('x', 30_000))));

        var failed = Assert.ThrowsAsync<WebCallException>(() => PostAsync(HttpWith(allowInternal: true), receiver.Url));

        Assert.That(failed!.Code, Is.EqualTo("answer_invalid"));
    }

    [Test]
    public void A_URL_that_may_not_be_called_is_refused_at_the_call_too()
    {
        var refused = Assert.ThrowsAsync<WebCallException>(() => PostAsync(HttpWith(), "http://example.com/"));

        Assert.That((refused!.Code, refused.WasSent), Is.EqualTo(("https_required", false)));
    }

    private static Task<WebAnswer> PostAsync(GuardedHttp http, string url, TimeSpan? patience = null) =>
        http.SendAsync(new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent("{}") }, 1024, patience ?? TimeSpan.FromSeconds(10), CancellationToken.None);

    private static GuardedHttp HttpWith(NameResolver? resolve = null, bool allowInternal = false)
    {
        var options = Options.Create(new OutboundOptions { AllowInternal = allowInternal });
        return new GuardedHttp(new GuardedConnector(resolve ?? Dns.GetHostAddressesAsync, options), new WebTarget(options, Options.Create(new PublicOptions())));
    }
}
