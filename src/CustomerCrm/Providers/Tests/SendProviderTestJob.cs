using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Outbound;

namespace CustomerCrm.Providers.Tests;

internal sealed record SendProviderTest(Id<Provider> ProviderId, Id<ProviderTest> ProviderTestId);

/// <summary>Sends a test, once: one that had begun when its worker died may have been sent, and is not sent again.</summary>
internal sealed class SendProviderTestJob(TenantDb db, Senders senders, TimeProvider clock) : IJob<SendProviderTest>
{
    private const string Subject = "Your e-mail account works", Body = "This is a test that somebody of your shop asked for. Messages to your customers will come through this account.";

    public async Task RunAsync(SendProviderTest work, CancellationToken ct)
    {
        if (await db.FindAsync<ProviderTest>(ProviderTest.ById, work, ct) is not { } test || test.FinishedAt is not null) return; // disconnected meanwhile, or done
        var provider = await Provider.FindAsync(work.ProviderId, db, ct);
        if (await db.ExecuteAsync(Begin, work, ct) == 0)
        {
            await FinishAsync(work, SendOutcome.Unknown("worker_lost"), ct);
            return;
        }
        await FinishAsync(work, await SendAsync(provider, test, ct), CancellationToken.None);
    }

    private async Task<SendOutcome> SendAsync(Provider provider, ProviderTest test, CancellationToken ct)
    {
        var id = test.Id.ToString();
        if (provider.Channel == MessageChannel.Sms) return await (await senders.SmsAsync(ct)).SendAsync(new SmsMessage { To = test.To, Body = Body, DedupeId = id }, ct);
        return await (await senders.EmailAsync(ct)).SendAsync(new EmailMessage { To = test.To, Subject = Subject, Text = Body, MessageId = $"{id}@{HostOf(provider.From!)}", DedupeId = id }, ct);
    }

    private Task<int> FinishAsync(SendProviderTest work, SendOutcome outcome, CancellationToken ct) => db.ExecuteAsync(Finish, new
    {
        work.ProviderTestId, Status = ProviderTest.StatusOf(outcome.Result), outcome.Code, outcome.ProviderMessageId, FinishedAt = clock.GetUtcNow(),
    }, ct);

    private static string HostOf(string address) => address[(address.LastIndexOf('@') + 1)..];

    private static readonly TenantSql Begin = TenantSql.Of("""
        UPDATE ProviderTests
        SET Status = 2
        WHERE TenantId = @TenantId
          AND Id = @ProviderTestId
          AND Status = 1
        """);

    private static readonly TenantSql Finish = TenantSql.Of("""
        UPDATE ProviderTests
        SET Status = @Status, Code = @Code, ProviderMessageId = @ProviderMessageId, FinishedAt = @FinishedAt
        WHERE TenantId = @TenantId
          AND Id = @ProviderTestId
        """);
}
