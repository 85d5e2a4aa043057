using CustomerCrm.Customers.Contacting;
using CustomerCrm.Messages;
using CustomerCrm.Messages.Sending;

namespace CustomerCrm.Tests.Messages;

public class SendingPlanTests
{
    private static readonly DateTimeOffset start = new(2030, 1, 15, 9, 0, 0, TimeSpan.Zero);

    [Test]
    public void A_text_message_that_may_have_been_sent_is_never_sent_again() =>
        Assert.That(After(MessageChannel.Sms, AttemptResult.Unknown).State, Is.EqualTo(MessageState.Unknown));

    [Test]
    public void An_e_mail_that_may_have_been_sent_is_sent_once_more_and_not_twice()
    {
        Assert.That(After(MessageChannel.Email, AttemptResult.Unknown).State, Is.EqualTo(MessageState.Queued));
        Assert.That(After(MessageChannel.Email, AttemptResult.Unknown, AttemptResult.Unknown).State, Is.EqualTo(MessageState.Unknown));
        Assert.That(After(MessageChannel.Email, AttemptResult.Unknown, AttemptResult.NotSent, AttemptResult.Unknown).State, Is.EqualTo(MessageState.Unknown));
    }

    [Test]
    public void What_certainly_was_not_sent_is_tried_again_ever_later()
    {
        var delays = Enumerable.Range(1, 6).Select(n => After(MessageChannel.Sms, [.. Enumerable.Repeat(AttemptResult.NotSent, n)]).At!.Value - start).ToArray();

        Assert.That(delays, Is.Ordered.And.All.GreaterThan(TimeSpan.Zero));
    }

    [Test]
    public void A_provider_that_asks_for_patience_gets_it() =>
        Assert.That(SendingPlan.After(MessageChannel.Email, [Attempt(1, AttemptResult.NotSent)], TimeSpan.FromHours(2), TimeSpan.FromHours(24), start, 0).At, Is.EqualTo(start.AddHours(2)));

    [Test]
    public void After_a_day_it_is_given_up_with_the_reason()
    {
        var next = SendingPlan.After(MessageChannel.Email, [Attempt(1, AttemptResult.NotSent)], null, TimeSpan.FromHours(24), start.AddHours(24), 0.5);

        Assert.That((next.State, next.Code), Is.EqualTo((MessageState.Failed, "gave_up_connect_failed")));
    }

    [Test]
    public void What_the_provider_will_not_send_has_failed() =>
        Assert.That(After(MessageChannel.Email, AttemptResult.Refused).State, Is.EqualTo(MessageState.Failed));

    private static NextStep After(MessageChannel channel, params AttemptResult[] results) =>
        SendingPlan.After(channel, [.. results.Select((result, i) => Attempt(i + 1, result))], null, TimeSpan.FromHours(24), start, 0.5);

    private static MessageAttempt Attempt(int number, AttemptResult result) =>
        new() { Number = number, Provider = "test", StartedAt = start, FinishedAt = start, Result = result, Code = result == AttemptResult.NotSent ? "connect_failed" : null };
}
