using System.Text.Json;
using CustomerCrm.Bots.Flow;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Tests.Bots;

/// <summary>A shop's bot: where an order is, something sent back, and everything else from the articles.</summary>
internal static class SomeFlow
{
    public static object Wire(string? teamId = null, object? ticket = null) => new
    {
        locale = "en",
        team_id = teamId,
        ticket,
        introduction = new { en = "I know your orders.", de = "Ich kenne Ihre Bestellungen." },
        intents = new object[]
        {
            new { name = "order_status", phrases = new[] { "where is my order", "track my parcel", "wo ist meine Bestellung" }, patterns = new[] { "order #?(?<order_number>[0-9]{4,})" }, step = "ask_number" },
            new { name = "send_back", phrases = new[] { "send something back", "return an item" }, step = "ask_reason" },
            new { name = "thanks", phrases = new[] { "thanks a lot bye" }, step = "bye" },
        },
        slots = new object[]
        {
            new { name = "order_number", type = "order_number" },
            new { name = "reason", type = "choice", choices = new[] { "too small", "broken" }, max_tries = 2 },
        },
        steps = new object[]
        {
            new { name = "ask_number", @do = "ask", slot = "order_number", say = new { en = "What is the number of your order?", de = "Wie lautet die Nummer Ihrer Bestellung?" }, next = "tell" },
            new { name = "tell", @do = "order_status", slot = "order_number" },
            new { name = "ask_reason", @do = "ask", slot = "reason", say = new { en = "Why?" }, next = "which" },
            new { name = "which", @do = "branch", cases = new[] { new { field = "slots.reason", @is = "equal", value = "broken", next = "person" } }, otherwise = "label" },
            new { name = "label", @do = "say", say = new { en = "Too bad that it is {reason}. A label is on its way." }, next = "helped" },
            new { name = "helped", @do = "ask_helpful" },
            new { name = "person", @do = "hand_over", say = new { en = "I am sorry that it is {reason}." } },
            new { name = "bye", @do = "end", say = new { en = "Goodbye." } },
        },
    };

    public static BotFlow Read(object wire) => JsonSerializer.Deserialize<BotFlow>(JsonSerializer.Serialize(wire), StrictJson.Options)!;

    public static BotFlow Flow { get; } = Read(Wire());
}
