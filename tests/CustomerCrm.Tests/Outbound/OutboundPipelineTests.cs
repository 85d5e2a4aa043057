using CustomerCrm.Platform.Outbound;
using CustomerCrm.Platform.Outbound.Pipeline;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Tests.Outbound;

public class OutboundPipelineTests
{
    private static readonly Attempt down = new(SendOutcome.NotSent("connect_failed"), AttemptEnd.Unreached);
    private static readonly Attempt lost = new(SendOutcome.Unknown("timeout"), AttemptEnd.Lost);
    private static readonly Attempt good = new(SendOutcome.Accepted("1"), AttemptEnd.Answered);

    [Test]
    public async Task A_provider_that_fails_is_left_alone_for_a_while_and_others_are_not()
    {
        var clock = new ManualClock();
        var times = new SendTimes { BreakAfter = 4, BreakFor = TimeSpan.FromSeconds(30) };
        var (pipeline, other, calls) = (new OutboundPipeline("twilio", times, clock), new OutboundPipeline("twilio", times, clock), 0);

        for (var i = 0; i < 4; i++) await pipeline.RunAsync(_ => { calls++; return Task.FromResult(lost); }, default);
        var open = await pipeline.RunAsync(_ => { calls++; return Task.FromResult(good); }, default);
        var meanwhile = await other.RunAsync(_ => Task.FromResult(good), default);
        clock.Advance(TimeSpan.FromSeconds(31));
        var later = await pipeline.RunAsync(_ => Task.FromResult(good), default);

        Assert.That(calls, Is.EqualTo(4), "an unknown outcome is not tried again, and an open circuit calls nobody");
        Assert.That((open.Result, open.Code), Is.EqualTo((SendResult.NotSent, "circuit_open")));
        Assert.That(open.RetryAfter, Is.GreaterThan(TimeSpan.Zero).And.LessThanOrEqualTo(TimeSpan.FromSeconds(30)));
        Assert.That((meanwhile.Result, later.Result), Is.EqualTo((SendResult.Accepted, SendResult.Accepted)));
    }

    [Test]
    public async Task Refusals_do_not_open_the_circuit()
    {
        var pipeline = new OutboundPipeline("sendgrid", new SendTimes { BreakAfter = 2 }, new ManualClock());

        for (var i = 0; i < 10; i++) await pipeline.RunAsync(_ => Task.FromResult(SendClassification.OfStatus(400)), default);

        Assert.That((await pipeline.RunAsync(_ => Task.FromResult(good), default)).Result, Is.EqualTo(SendResult.Accepted));
    }

    [Test]
    public async Task What_was_not_reached_is_tried_again_so_often_and_no_more()
    {
        var (pipeline, calls) = (new OutboundPipeline("sendgrid", new SendTimes { Retries = 2 }, TimeProvider.System), 0);

        var outcome = await pipeline.RunAsync(_ => { calls++; return Task.FromResult(down); }, default);

        Assert.That((outcome.Code, calls), Is.EqualTo(("connect_failed", 3)));
    }

    [Test]
    public async Task More_than_the_bulkhead_holds_is_not_sent()
    {
        var (pipeline, open) = (new OutboundPipeline("sendgrid", new SendTimes { Concurrency = 1 }, TimeProvider.System), new TaskCompletionSource<Attempt>());
        var waiting = Enumerable.Range(0, 11).Select(_ => pipeline.RunAsync(_ => open.Task, default)).ToList(); // one is under way, ten wait

        var refused = await pipeline.RunAsync(_ => open.Task, default);
        open.SetResult(good);

        Assert.That((refused.Result, refused.Code), Is.EqualTo((SendResult.NotSent, "bulkhead_full")));
        Assert.That((await Task.WhenAll(waiting)).Select(o => o.Result), Is.All.EqualTo(SendResult.Accepted));
    }

    [Test]
    public async Task The_deadline_ends_the_waiting_for_a_next_attempt()
    {
        var times = new SendTimes { Deadline = TimeSpan.FromMilliseconds(300), Attempt = TimeSpan.FromMilliseconds(200), Retries = 10, LongestWait = TimeSpan.FromSeconds(30) };
        var throttled = SendClassification.OfStatus(429, TimeSpan.FromSeconds(20));

        var outcome = await new OutboundPipeline("sendgrid", times, TimeProvider.System).RunAsync(_ => Task.FromResult(throttled), default);

        Assert.That((outcome.Result, outcome.Code), Is.EqualTo((SendResult.NotSent, "deadline")));
    }

    [Test]
    public void Each_tenant_and_provider_has_its_own_and_idle_ones_are_forgotten()
    {
        var clock = new ManualClock();
        var pipelines = new OutboundPipelines(Options.Create(new ProviderOptions()), clock);

        var (mine, yours, again) = (pipelines.Of(1, "twilio"), pipelines.Of(2, "twilio"), pipelines.Of(1, "twilio"));
        clock.Advance(TimeSpan.FromMinutes(11));
        pipelines.Of(3, "twilio");

        Assert.That(again, Is.SameAs(mine).And.Not.SameAs(yours));
        Assert.That(pipelines.Count, Is.EqualTo(1));
        Assert.That(pipelines.Of(1, "twilio"), Is.Not.SameAs(mine));
    }
}
