using System.Text;
using CustomerCrm.Platform.Webhooks;
using CustomerCrm.Webhooks;

namespace CustomerCrm.Tests.Webhooks;

/// <summary>The decisions by themselves.</summary>
public class WebhookRulesTests
{
    private static readonly IReadOnlyList<TimeSpan> delays = new WebhookOptions().Delays;

    [TestCase("*", "order.paid", ExpectedResult = true)]
    [TestCase("order.*", "order.paid", ExpectedResult = true)]
    [TestCase("order.paid", "order.paid", ExpectedResult = true)]
    [TestCase("order.*", "orders.paid", ExpectedResult = false)]
    [TestCase("order.paid", "order.paid_back", ExpectedResult = false)]
    public bool A_filter_hears(string filter, string type) => EventFilters.Hear([filter], type);

    [TestCase("https://example.com/hooks/crm", ExpectedResult = "https://example.com/hooks/crm")]
    [TestCase("https://example.com:8443/incoming-webhooks/v1/", ExpectedResult = "https://example.com:8443/incoming-webhooks/v1/")]
    [TestCase("https://hooks.zapier.com/hooks/standard/1234567/9f8e7d6c5b4a39281706f5e4d3c2b1a0/", ExpectedResult = "https://hooks.zapier.com/hooks/standard/1234567/9f8e…/")]
    [TestCase("https://example.com/in?token=abcdefgh&x=1", ExpectedResult = "https://example.com/in?token=abcd…&x=…")]
    public string What_may_be_shown_of_a_URL(string url) => UrlMask.Of(new Uri(url));

    [Test]
    public void The_schedule_is_the_published_one_and_never_comes_early()
    {
        Assert.That(delays.Select(d => d.TotalHours).Sum(), Is.EqualTo(75.59).Within(0.01));
        for (var tries = 1; tries < delays.Count; tries++)
        {
            Assert.That(WebhookVerdict.RetryAfter(Failed(), tries, delays, 0), Is.EqualTo(delays[tries]));
            Assert.That(WebhookVerdict.RetryAfter(Failed(), tries, delays, 0.999), Is.InRange(delays[tries] * 1.24, delays[tries] * 1.25));
        }
        Assert.That(WebhookVerdict.RetryAfter(Failed(), delays.Count, delays, 0), Is.Null);
    }

    [Test]
    public void A_thousand_that_failed_together_do_not_come_back_together()
    {
        var random = new Random(7);

        var seconds = Enumerable.Range(0, 1000).Select(_ => (int)WebhookVerdict.RetryAfter(Failed(), 2, delays, random.NextDouble())!.Value.TotalSeconds).GroupBy(s => s);

        Assert.That(seconds.Max(s => s.Count()), Is.LessThanOrEqualTo(50));
    }

    [Test]
    public void Retry_After_is_kept_to_but_not_for_longer_than_a_day()
    {
        Assert.That(WebhookVerdict.RetryAfter(Failed() with { Status = 429, RetryAfter = TimeSpan.FromMinutes(2) }, 1, delays, 0), Is.EqualTo(TimeSpan.FromMinutes(2)));
        Assert.That(WebhookVerdict.RetryAfter(Failed() with { Status = 503, RetryAfter = TimeSpan.FromDays(900) }, 1, delays, 0), Is.EqualTo(TimeSpan.FromHours(24)));
        Assert.That(WebhookVerdict.PauseAfter(1, [Failed() with { Status = 429, RetryAfter = TimeSpan.FromMinutes(2) }]), Is.EqualTo(TimeSpan.FromMinutes(2)));
    }

    [Test]
    public void Nine_failures_do_not_pause_an_endpoint_and_ten_do_for_a_minute_at_most()
    {
        Assert.That(WebhookVerdict.PauseAfter(9, [Failed()]), Is.Null);
        Assert.That(WebhookVerdict.PauseAfter(10, [Failed()]), Is.EqualTo(TimeSpan.FromSeconds(5)));
        Assert.That(WebhookVerdict.PauseAfter(1000, [Failed()]), Is.EqualTo(TimeSpan.FromMinutes(1)));
    }

    [Test]
    public void A_secret_is_of_its_form_and_signs_as_the_standards_own_example()
    {
        Assert.That(Convert.FromBase64String(WebhookSecret.Make()["whsec_".Length..]), Has.Length.InRange(24, 64));
        var signature = WebhookSecret.Sign(["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"u8.ToArray());

        Assert.That(signature, Is.EqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
    }

    [Test]
    public void What_is_as_deep_as_a_request_may_be_is_sent_whole()
    {
        var data = $"{string.Concat(Enumerable.Repeat("{\"a\":", 32))}1{new string('}', 32)}";

        var sent = Encoding.UTF8.GetString(WebhookBody.Write(WebhookBody.MessageOf("evt_1", "order.paid", default, 7, data, PayloadKind.Full)));

        Assert.That(sent, Does.EndWith($"\"data\":{data}}}"));
    }

    private static WebhookAttempt Failed() => new()
    {
        StartedAt = default,
        Took = TimeSpan.Zero,
        Status = 500,
        Delivery = new DueDelivery { Id = [], EventId = [], EventType = "order.paid", EventSeq = 1, Attempts = 0, Tries = 0, TestData = null, CreatedAt = default, Data = "{}", OccurredAt = default, TraceId = null },
    };
}
