using System.Text.RegularExpressions;
using CustomerCrm.Platform.Webhooks;
using CustomerCrm.Webhooks.Types;

namespace CustomerCrm.Tests.Webhooks;

public partial class EventTypesTests
{
    /// <summary>Names made of parts: a tag's owner, a record's kind or a message, and what happened; and those that a step or an entry is told as.</summary>
    private static readonly string[] composed = ["customer.tagged", "customer.untagged", "order.tagged", "order.untagged", "customer.purged", "order.purged", "interaction.purged",
        "ticket.purged", "conversation.purged", "company.purged", "product.purged", "ticket.updated", "ticket.reopened", "ticket.solved", "ticket.closed",
        "conversation.message_received", "conversation.automatic_reply_received", "conversation.message_sent", "conversation.note_added",
        .. new[] { "bounced", "cancelled", "clicked", "complained", "deferred", "delivered", "failed", "opened", "queued", "refused", "sent", "unknown" }.Select(state => $"message.{state}")];

    [Test]
    public void Every_event_that_the_code_records_is_listed_and_no_other()
    {
        var recorded = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "CustomerCrm"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => file.EndsWith("Events.cs", StringComparison.Ordinal) ? Name().Matches(File.ReadAllText(file)) : Recorded().Matches(File.ReadAllText(file)).SelectMany(call => Name().Matches(call.Value)))
            .Select(name => name.Groups[1].Value)
            .Concat(composed)
            .ToHashSet();
        Assert.That(recorded, Does.Contain("order.paid").And.Contain("export.finished").And.Contain("company.person_changed"), "The search itself.");

        var listed = EventTypes.All.Select(type => type.Name).Where(name => name != EventTypes.Test);

        Assert.That(listed, Is.EquivalentTo(recorded), "A feature that records an event adds its line to EventTypes.");
    }

    [TestCaseSource(nameof(Types))]
    public void A_made_up_event_has_content(string type) => Assert.That(EventTypes.Find(type)!.MadeUp(), Is.Not.Empty);

    [TestCaseSource(nameof(Types))]
    public void A_made_up_event_is_small_enough_to_be_sent_whole(string type) =>
        Assert.That(WebhookBody.MessageOf("evt", type, DateTimeOffset.UnixEpoch, 0, EventTypes.Find(type)!.MadeUp().ToJsonString(), PayloadKind.Full).IsTooLarge, Is.False);

    [Test]
    public void A_made_up_time_of_day_is_written_as_the_API_writes_it() =>
        Assert.That(EventTypes.Find("contact_policy.updated")!.MadeUp()["quiet_hours"]![0]!["from"]!.GetValue<string>(), Is.EqualTo("09:00"));

    public static IEnumerable<string> Types() => EventTypes.All.Select(type => type.Name);

    // Up to the end of the statement, for the name may be one of two.
    [GeneratedRegex(@"\bRecord\([^;]*;")]
    private static partial Regex Recorded();

    [GeneratedRegex(@"""([a-z]+(?:_[a-z]+)*\.[a-z]+(?:_[a-z]+)*)""")]
    private static partial Regex Name();
}
