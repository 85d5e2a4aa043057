using CustomerCrm.Consents;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Data;
using CustomerCrm.Providers;
using CustomerCrm.Suppressions;

namespace CustomerCrm.ProviderCallbacks.Inbound;

/// <summary>Obeys STOP, START and HELP, in the transaction that records what was written.</summary>
internal sealed class KeywordDesk(SuppressionWriter suppressions, SuppressionKey keys, ConsentWriter consents, HelpAnswer help, KeywordWords words, TenantDb db)
{
    /// <summary>Of a STOP that took something away which START gives back, and of one that did not.</summary>
    private const string Took = "sms_stop", TookNothing = "sms_stop_again", Source = "sms";

    /// <returns>What to answer at once; null: nothing, or the provider does it.</returns>
    public async Task<string?> ObeyAsync(SmsKeyword keyword, InboundMessage message, Id<Customer> customerId, Provider provider, CancellationToken ct)
    {
        switch (keyword)
        {
            case SmsKeyword.Stop:
                return await StopAsync(message, customerId, ct) && !provider.AnswersKeywords ? await words.StoppedAsync(customerId, ct) : null;
            case SmsKeyword.Start:
                await StartAsync(message, customerId, ct);
                return null;
            case SmsKeyword.Help:
                if (!provider.AnswersKeywords) await help.PostAsync(message, customerId, ct);
                return null;
            default:
                return null;
        }
    }

    /// <returns>False: they had said so before, and are not told again.</returns>
    private async Task<bool> StopAsync(InboundMessage message, Id<Customer> customerId, CancellationToken ct)
    {
        var (isNew, suppression) = await suppressions.AddAsync(MessageChannel.Sms, message.From, SuppressionReason.Stop, Source, ct);
        if (!isNew && suppression.Reason == SuppressionReason.Stop) return false;
        foreach (var purpose in new[] { MessagePurpose.Service, MessagePurpose.Marketing })
        {
            var had = await db.FindAsync<int?>(Granted, new { CustomerId = customerId, Purpose = purpose }, ct) is not null;
            await RecordAsync(customerId, purpose, ConsentState.Withdrawn, had ? Took : TookNothing, message, ct);
        }
        return isNew;
    }

    // Only what STOP took: an address that bounces, or that somebody suppressed by hand, stays so, and nobody gets what they never asked for.
    private async Task StartAsync(InboundMessage message, Id<Customer> customerId, CancellationToken ct)
    {
        if (await db.FindAsync<int?>(Stopped, new { AddressKey = keys.Of(MessageChannel.Sms, message.From) }, ct) is null) return;
        await suppressions.RemoveAsync(MessageChannel.Sms, message.From, "START", ct);
        foreach (var purpose in await db.QueryAsync<MessagePurpose>(Taken, new { CustomerId = customerId, Source = Took }, ct))
            await RecordAsync(customerId, purpose, ConsentState.Granted, "sms_start", message, ct);
    }

    private async Task RecordAsync(Id<Customer> customerId, MessagePurpose purpose, ConsentState state, string source, InboundMessage message, CancellationToken ct) => await consents.RecordAsync(new ConsentChange
    {
        CustomerId = customerId,
        Purpose = purpose,
        Channel = MessageChannel.Sms,
        State = state,
        Source = source,
        ExternalId = $"{message.ExternalId}:{(int)purpose}",
        Reason = message.Text.Beginning(100),
    }, ct);

    private static readonly TenantSql Granted = TenantSql.Of("""
        SELECT s.State
        FROM ConsentStates s
        WHERE s.TenantId = @TenantId
          AND s.CustomerId = @CustomerId
          AND s.Channel = 2
          AND s.Purpose = @Purpose
          AND s.Topic = ''
          AND s.State = 1
        """);

    private static readonly TenantSql Stopped = TenantSql.Of("""
        SELECT s.Reason
        FROM Suppressions s
        WHERE s.TenantId = @TenantId
          AND s.Channel = 2
          AND s.AddressKey = @AddressKey
          AND s.Reason = 3
        """);

    private static readonly TenantSql Taken = TenantSql.Of("""
        SELECT s.Purpose
        FROM ConsentStates s
        JOIN ConsentEntries e ON e.TenantId = s.TenantId AND e.Id = s.EntryId
        WHERE s.TenantId = @TenantId
          AND s.CustomerId = @CustomerId
          AND s.Channel = 2
          AND s.Topic = ''
          AND s.State = 3
          AND e.Source = @Source
        ORDER BY s.Purpose
        """);
}
