using CustomerCrm.Consents;
using CustomerCrm.ConsentTopics;
using CustomerCrm.ContactPolicy;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Preferences;

/// <summary>What a customer can choose, and what holds of it now.</summary>
/// <param name="Topics">The public ones.</param>
/// <param name="Consents">Everything that was said.</param>
/// <param name="Policy">What each purpose needs: a topic is on by default only where no yes is asked for, so that no box is ticked that nobody ticked.</param>
internal sealed record PreferenceSheet(IReadOnlyList<ConsentTopic> Topics, IReadOnlyList<Consent> Consents, PolicySettings Policy)
{
    /// <summary>Pure: what holds of a topic. Its own consent, else that of all topics, else what holds for those who never said anything.</summary>
    public Choice Of(MessagePurpose purpose, MessageChannel channel, string topic)
    {
        var own = Said(purpose, channel, topic);
        var consent = own ?? Said(purpose, channel, "");
        var isOn = consent is null ? IsOnByDefault(purpose, topic) : consent.State == ConsentState.Granted;
        return new Choice { Purpose = purpose, Channel = channel, Topic = topic, IsOn = isOn, IsWaiting = own?.State == ConsentState.Pending, IsRefused = own?.State == ConsentState.Withdrawn && (topic.Length > 0 || !HasMore(purpose, channel)) };
    }

    // A topic that was said yes to after the no to all of them, be it on the page or not.
    private bool HasMore(MessagePurpose purpose, MessageChannel channel) =>
        Consents.Any(one => one.Purpose == purpose && one.Channel == channel && one.State is (ConsentState.Granted or ConsentState.Pending));

    /// <summary>Everything there is to choose on these channels: the public topics, then all other marketing.</summary>
    public IEnumerable<Choice> Choices(IReadOnlyCollection<MessageChannel> channels) =>
        Topics.Select(topic => (topic.Purpose, topic.Name)).Append((MessagePurpose.Marketing, "")).SelectMany(one => channels.Select(channel => Of(one.Item1, channel, one.Item2)));

    // As the policy has it: what is of no topic is sent to those who never said anything, where no yes is asked for.
    private bool IsOnByDefault(MessagePurpose purpose, string topic) =>
        Policy.NeedOf(purpose) != ConsentNeed.Granted && (topic.Length == 0 || Topics.Any(one => one.Name == topic && one.Purpose == purpose && one.IsOnByDefault));

    private Consent? Said(MessagePurpose purpose, MessageChannel channel, string topic) => Consents.FirstOrDefault(one => one.Purpose == purpose && one.Channel == channel && one.TopicName == topic);
}

/// <summary>One thing to say yes or no to.</summary>
internal sealed record Choice
{
    public required MessagePurpose Purpose { get; init; }
    public required MessageChannel Channel { get; init; }

    /// <summary>Empty: everything without a topic on the page.</summary>
    public required string Topic { get; init; }

    public required bool IsOn { get; init; }

    /// <summary>A double opt-in is not confirmed yet.</summary>
    public required bool IsWaiting { get; init; }

    /// <summary>The customer said no to it, and that is how it stands: of all topics, for each of them.</summary>
    public required bool IsRefused { get; init; }

    /// <summary>What the form calls it.</summary>
    public string Key => $"{(int)Purpose}.{(int)Channel}.{Topic}";
}

/// <summary>Reads sheets.</summary>
internal sealed class PreferenceSheets(TenantDb db, ContactPolicies policies, TimeProvider clock)
{
    public async Task<PreferenceSheet> OfAsync(Id<Customer> customerId, CancellationToken ct) => new(
        await db.QueryAsync<ConsentTopic>(PublicTopics, null, ct),
        await db.QueryAsync<Consent>(Said, new { CustomerId = customerId, Now = clock.GetUtcNow() }, ct),
        await policies.CurrentAsync(ct));

    /// <summary>What customers read of a topic, whether they can choose it or not; its name if it is gone.</summary>
    public async Task<string> TitleOfAsync(string topic, CancellationToken ct) =>
        (await db.FindAsync<ConsentTopic>(ByName, new { Name = topic }, ct))?.Title ?? topic;

    /// <summary>Whether a link's topic can still be said no to by itself; where not, the no is to all of its purpose.</summary>
    public async Task<bool> IsKnownAsync(string topic, MessagePurpose purpose, CancellationToken ct) =>
        topic.Length == 0 || (await db.FindAsync<ConsentTopic>(ByName, new { Name = topic }, ct))?.Purpose == purpose;

    private static readonly TenantSql PublicTopics = ConsentTopic.Matching.Then("""
          AND t.IsPublic = 1
          AND t.Purpose <> 1
        ORDER BY t.CreatedAt, t.Id
        """);

    private static readonly TenantSql ByName = ConsentTopic.Matching.Then("AND t.Name = @Name");

    private static readonly TenantSql Said = Consent.Matching.Then("AND s.CustomerId = @CustomerId");
}
