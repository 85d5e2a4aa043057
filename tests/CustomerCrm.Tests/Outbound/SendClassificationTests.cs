using System.Net.Sockets;
using System.Security.Authentication;
using CustomerCrm.Platform.Outbound;
using CustomerCrm.Platform.Outbound.Email;
using CustomerCrm.Platform.Outbound.Pipeline;

namespace CustomerCrm.Tests.Outbound;

public class SendClassificationTests
{
    [TestCase(200, SendResult.Unknown)]
    [TestCase(301, SendResult.Refused)]
    [TestCase(307, SendResult.Refused)]
    [TestCase(400, SendResult.Refused)]
    [TestCase(401, SendResult.Refused)]
    [TestCase(404, SendResult.Refused)]
    [TestCase(408, SendResult.Refused)]
    [TestCase(413, SendResult.Refused)]
    [TestCase(429, SendResult.NotSent)]
    [TestCase(500, SendResult.Unknown)]
    [TestCase(502, SendResult.Unknown)]
    [TestCase(503, SendResult.Unknown)]
    [TestCase(599, SendResult.Unknown)]
    [TestCase(999, SendResult.Unknown)]
    public void A_status_says_how_sure_it_is(int status, SendResult result) => Assert.That(SendClassification.OfStatus(status).Outcome.Result, Is.EqualTo(result));

    private static IEnumerable<TestCaseData> Failures()
    {
        yield return new TestCaseData(new HttpRequestException(HttpRequestError.NameResolutionError), "dns_failed");
        yield return new TestCaseData(new HttpRequestException(HttpRequestError.ConnectionError), "connect_failed");
        yield return new TestCaseData(new HttpRequestException(HttpRequestError.SecureConnectionError), "tls_failed");
        yield return new TestCaseData(new HttpRequestException(HttpRequestError.ResponseEnded), "not_reached");
        yield return new TestCaseData(new OperationCanceledException(), "connect_timeout");
        yield return new TestCaseData(new AuthenticationException(), "tls_failed");
        yield return new TestCaseData(new SocketException((int)SocketError.HostNotFound), "dns_failed");
        yield return new TestCaseData(new SocketException((int)SocketError.ConnectionRefused), "connect_failed");
        yield return new TestCaseData(new SocketException((int)SocketError.TimedOut), "connect_timeout");
        yield return new TestCaseData(new IOException(), "not_reached");
    }

    [TestCaseSource(nameof(Failures))]
    public void Before_anything_is_handed_over_nothing_was_sent(Exception failure, string code) =>
        Assert.That(SendClassification.OfFailure(failure, isHandedOver: false), Is.EqualTo(new Attempt(SendOutcome.NotSent(code), AttemptEnd.Unreached)));

    [TestCaseSource(nameof(Failures))]
    public void After_that_nobody_knows(Exception failure, string code) =>
        Assert.That(SendClassification.OfFailure(failure, isHandedOver: true).Outcome.Result, Is.EqualTo(SendResult.Unknown), $"it would have been {code}");

    [TestCase(421, SendResult.NotSent, "smtp_421")]
    [TestCase(450, SendResult.NotSent, "smtp_450")]
    [TestCase(535, SendResult.Refused, "credentials_refused")]
    [TestCase(550, SendResult.Refused, "smtp_550")]
    public void A_mail_server_that_says_no_has_sent_nothing(int reply, SendResult result, string code) =>
        Assert.That(SmtpEmailSender.OfReply(reply), Is.EqualTo(new SendOutcome { Result = result, Code = code }));

    [Test]
    public void Only_what_is_gone_for_a_moment_is_waited_for()
    {
        var longest = TimeSpan.FromSeconds(5);

        Assert.That(RetryWait.IsWorthIt(new Attempt(SendOutcome.NotSent("connect_failed"), AttemptEnd.Unreached), longest), Is.True);
        Assert.That(RetryWait.IsWorthIt(SendClassification.OfStatus(429, TimeSpan.FromSeconds(5)), longest), Is.True);
        Assert.That(RetryWait.IsWorthIt(SendClassification.OfStatus(429, TimeSpan.FromSeconds(6)), longest), Is.False);
        Assert.That(RetryWait.IsWorthIt(SendClassification.OfStatus(429), longest), Is.False, "it did not say when");
        Assert.That(RetryWait.IsWorthIt(SendClassification.OfStatus(500), longest), Is.False);
        Assert.That(RetryWait.IsWorthIt(SendClassification.OfStatus(400), longest), Is.False);
    }

    [Test]
    public void Waits_are_anything_up_to_a_bound_that_doubles_and_never_before_the_provider_says()
    {
        Assert.That(RetryWait.After(0, null, 0), Is.EqualTo(TimeSpan.Zero));
        Assert.That(RetryWait.After(0, null, 1), Is.EqualTo(TimeSpan.FromMilliseconds(500)));
        Assert.That(RetryWait.After(2, null, 1), Is.EqualTo(TimeSpan.FromSeconds(2)));
        Assert.That(RetryWait.After(9, null, 1), Is.EqualTo(TimeSpan.FromSeconds(4)));
        Assert.That(RetryWait.After(0, TimeSpan.FromSeconds(3), 0), Is.EqualTo(TimeSpan.FromSeconds(3)));

        var waits = Enumerable.Range(0, 1000).Select(_ => (int)(RetryWait.After(3, null, Random.Shared.NextDouble()).TotalSeconds * 10)).GroupBy(tenth => tenth);
        Assert.That(waits.Max(tenth => tenth.Count()), Is.LessThan(100), "a thousand that fail together come back spread over four seconds");
    }
}
