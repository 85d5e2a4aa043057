using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Messages;
using CustomerCrm.Messages.Sending;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Messages;

public class SendingTests
{
    private TestTenant acme = null!;
    private Customer ada = null!;

    [SetUp]
    public async Task SetUp()
    {
        acme = await TestTenant.NewAsync();
        ada = await SomeMessages.CustomerAsync(acme);
    }

    [Test]
    public async Task A_consent_taken_back_before_it_leaves_keeps_it_here()
    {
        await SomeMessages.SayAsync(acme, ada.Id);
        Id<Message> id = default;
        await acme.WithScopeAsync(async services =>
        {
            // In one transaction, so that no worker comes in between.
            await services.GetRequiredService<TenantDb>().InTransactionAsync(async () =>
            {
                id = (await services.GetRequiredService<MessageDoor>().PostAsync(Draft(MessageChannel.Email, MessagePurpose.Marketing), default)).Id;
                await services.GetRequiredService<TenantDb>().ExecuteAsync(Withdraw, new { CustomerId = ada.Id }, default);
            }, default);
        });

        await TestApi.RunJobsAsync();

        var why = await acme.GetAsync<JsonElement>($"/v1/messages/{id}/explanation");
        Assert.That((why.Text("state"), why.GetProperty("at_sending").Text("decided_by")), Is.EqualTo(("refused", "consent")));
        Assert.That(why.GetProperty("at_the_door").Text("outcome"), Is.EqualTo("allowed"));
        Assert.That(await Mailbox.OfAsync(ada.Email!), Is.Empty);
    }

    [Test]
    public async Task A_text_message_whose_attempt_has_no_outcome_is_unknown_and_never_sent_again()
    {
        var id = await InterruptedAsync(MessageChannel.Sms);

        await TestApi.RunJobsAsync();

        Assert.That(await StateAsync(id), Is.EqualTo("unknown"));
        Assert.That(await Mailbox.OfAsync(ada.Phone!), Is.Empty);
        var waiting = await acme.GetAsync<JsonElement>("/v1/jobs?filter[kind][eq]=reconcile_message");
        Assert.That(waiting.GetProperty("data").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task An_e_mail_whose_attempt_has_no_outcome_is_tried_once_more()
    {
        var id = await InterruptedAsync(MessageChannel.Email);

        await TestApi.RunJobsAsync();

        var message = await acme.GetAsync<JsonElement>($"/v1/messages/{id}");
        Assert.That((message.Text("state"), message.Text("code")), Is.EqualTo(("queued", "interrupted")));
        Assert.That(message.GetProperty("due_at").GetDateTimeOffset(), Is.GreaterThan(TestApi.Clock.GetUtcNow()));
    }

    [Test]
    public async Task A_job_that_runs_twice_sends_once()
    {
        var posted = await SomeMessages.PostAsync(acme, SomeMessages.Transactional(ada.Id));
        await acme.WithScopeAsync(services => services.GetRequiredService<JobQueue>().EnqueueAsync(new SendMessage(Id<Message>.Parse(posted.Id(), null)), default));

        await TestApi.RunJobsAsync();

        Assert.That(await Mailbox.OfAsync(ada.Email!), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task The_same_key_is_the_same_message()
    {
        Message? one = null, other = null;
        await acme.WithScopeAsync(async services =>
        {
            var door = services.GetRequiredService<MessageDoor>();
            one = await door.PostAsync(Draft(MessageChannel.Email, MessagePurpose.Service) with { DedupeKey = "order 7" }, default);
            other = await door.PostAsync(Draft(MessageChannel.Email, MessagePurpose.Service) with { DedupeKey = "order 7" }, default);
        });

        Assert.That(one!.Id, Is.EqualTo(other!.Id));
    }

    private MessageDraft Draft(MessageChannel channel, MessagePurpose purpose) => new()
    {
        CustomerId = ada.Id, Channel = channel, Purpose = purpose, Reason = new MessageReason("test", null, null), Content = new MessageContent { Subject = "Hello", Text = "There.", Sms = "Hello there." },
    };

    private async Task<string> StateAsync(Id<Message> id) => (await acme.GetAsync<JsonElement>($"/v1/messages/{id}")).Text("state");

    // As the program would leave it, if it ended while the provider was asked, some time ago.
    private async Task<Id<Message>> InterruptedAsync(MessageChannel channel)
    {
        Id<Message> id = default;
        await acme.WithScopeAsync(async services =>
        {
            var db = services.GetRequiredService<TenantDb>();
            await db.InTransactionAsync(async () =>
            {
                id = (await services.GetRequiredService<MessageDoor>().PostAsync(Draft(channel, MessagePurpose.Transactional), default)).Id;
                await db.ExecuteAsync(MarkSending, new { Id = id }, default);
                await db.ExecuteAsync(Attempt, new { Id = id, Day = new DateOnly(2030, 1, 15), StartedAt = TestApi.Clock.GetUtcNow().AddMinutes(-5) }, default);
            }, default);
        });
        return id;
    }

    private static readonly TenantSql Withdraw = TenantSql.Of("UPDATE ConsentStates SET State = 3 WHERE TenantId = @TenantId AND CustomerId = @CustomerId");

    private static readonly TenantSql MarkSending = TenantSql.Of("UPDATE Messages SET State = 3, Revision = Revision + 1 WHERE TenantId = @TenantId AND Id = @Id");

    private static readonly TenantSql Attempt = TenantSql.Of("INSERT INTO MessageAttempts (TenantId, MessageId, Number, Provider, Day, StartedAt) VALUES (@TenantId, @Id, 1, 'mailbox', @Day, @StartedAt)");
}
