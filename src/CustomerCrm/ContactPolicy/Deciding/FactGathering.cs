using CustomerCrm.ContactPolicy.Guards;
using CustomerCrm.Platform.Data;
using CustomerCrm.Suppressions;
using CustomerCrm.Tenant;

namespace CustomerCrm.ContactPolicy.Deciding;

/// <summary>Reads what the policy needs to know. Whoever acts on the answer holds the customer's turn meanwhile.</summary>
internal sealed class FactGathering(
    TenantDb db, PolicyStore policies, CurrentSettings settings, SuppressionKey keys, SendBudget budget, IEnumerable<IContactGuard> guards, TimeProvider clock)
{
    // The longest cap looks back so far.
    private static readonly TimeSpan longestCap = TimeSpan.FromDays(30);

    public async Task<ContactFacts> GatherAsync(ContactQuestion question, CancellationToken ct)
    {
        var (now, policy, tenant) = (clock.GetUtcNow(), await policies.ReadAsync(ct), await settings.GetAsync(ct));
        var who = question.CustomerId is { } id ? await db.FindAsync<Who>(WhoIs, new { CustomerId = id }, ct) : null;
        var (zone, source) = CustomerZone.Of(who?.TimeZone, who?.Country, tenant.TimeZone);
        var today = tenant.Calendar.DayOf(now);
        var asked = new { CustomerId = question.CustomerId?.ToBytes(), question.Channel, question.Purpose, question.Topic, From = now - longestCap, MessageId = question.MessageId?.ToByteArray(bigEndian: true) };
        return new ContactFacts
        {
            Question = question,
            Policy = policy,
            Now = now,
            IsTestData = tenant.IsTest,
            IsTestRecipient = question.Recipient is { } to && ChangePolicy.Normal(to) is { } normal && policy.TestRecipients.Contains(normal),
            Suppression = await SuppressionOfAsync(question, ct),
            Consents = asked.CustomerId is null ? [] : await db.QueryAsync<ConsentFact>(Said, asked, ct),
            IsTopicOnByDefault = question.Topic.Length == 0 ? null : await db.FindAsync<bool?>(TopicDefault, asked, ct),
            Guards = await AskGuardsAsync(question, policy, now, ct),
            Others = asked.CustomerId is null ? [] : await db.QueryAsync<CountedMessage>(Counted, asked, ct),
            Zone = zone,
            ZoneOf = source,
            SentToday = await budget.SentOnAsync(question.Channel, today, ct),
            DailyLimit = Math.Min(policy.DailyLimits.Of(question.Channel), policy.Ceilings.Of(question.Channel)),
            NextDay = tenant.Calendar.StartOf(today.AddDays(1)),
        };
    }

    private async Task<string?> SuppressionOfAsync(ContactQuestion question, CancellationToken ct)
    {
        if (question.Recipient is not { } to) return null;
        return await db.FindAsync<int?>(SuppressedFor, new { question.Channel, AddressKey = keys.Of(question.Channel, to) }, ct) switch
        {
            null => null,
            1 => "hard_bounce",
            2 => "complaint",
            3 => "stop",
            5 => "erased",
            _ => "manual",
        };
    }

    private async Task<IReadOnlyList<(GuardSetting, GuardFinding)>> AskGuardsAsync(ContactQuestion question, PolicySettings policy, DateTimeOffset now, CancellationToken ct)
    {
        var found = new List<(GuardSetting, GuardFinding)>();
        if (question.CustomerId is null) return found;
        foreach (var setting in policy.Guards)
            if (guards.FirstOrDefault(g => g.Name == setting.Name) is { } guard) found.Add((setting, await guard.LookAsync(question, setting, now, ct)));
        return found;
    }

    private sealed record Who
    {
        public string? TimeZone { get; init; }
        public string? Country { get; init; }
    }

    private static readonly TenantSql WhoIs = TenantSql.Of("SELECT c.TimeZone, c.Country FROM Customers c WHERE c.TenantId = @TenantId AND c.Id = @CustomerId");

    private static readonly TenantSql Said = TenantSql.Of("""
        SELECT s.Topic, s.State, s.ExpiresAt, s.ChangedAt
        FROM ConsentStates s
        WHERE s.TenantId = @TenantId
          AND s.CustomerId = @CustomerId
          AND s.Purpose = @Purpose
          AND s.Channel = @Channel
          AND s.Topic IN ('', @Topic)
        """);

    private static readonly TenantSql TopicDefault = TenantSql.Of("""
        SELECT t.IsOnByDefault
        FROM ConsentTopics t
        WHERE t.TenantId = @TenantId
          AND t.Name = @Topic
          AND t.Purpose = @Purpose
        """);

    private static readonly TenantSql SuppressedFor = TenantSql.Of("""
        SELECT s.Reason
        FROM Suppressions s
        WHERE s.TenantId = @TenantId
          AND s.Channel = @Channel
          AND s.AddressKey = @AddressKey
        """);

    // All that may still leave or may have left, so not those refused (4), cancelled (5) and failed (13); an unknown outcome counts as sent.
    private static readonly TenantSql Counted = TenantSql.Of("""
        SELECT m.CountsAt, m.Purpose
        FROM Messages m
        WHERE m.TenantId = @TenantId
          AND m.CustomerId = @CustomerId
          AND m.CountsAt > @From
          AND m.State NOT IN (4, 5, 13)
          AND (@MessageId IS NULL OR m.Id <> @MessageId)
        """);
}
