namespace CustomerCrm.Demo.Service;

/// <summary>The flow of the demo's bot, as its owner would send it.</summary>
internal static class DemoBot
{
    public const string Flow = """
        {
          "locale": "en",
          "ticket": { "priority": "normal", "tags": ["bot"] },
          "introduction": { "en": "I can tell you where an order is, and what our help pages know." },
          "intents": [
            { "name": "order_status", "phrases": ["where is my order", "track my parcel", "when does it arrive"], "patterns": ["order #?(?<order_number>[0-9]{1,6})"], "step": "ask_number" },
            { "name": "send_back", "phrases": ["send something back", "return an item", "arrived broken"], "step": "ask_reason" }
          ],
          "slots": [
            { "name": "order_number", "type": "order_number" },
            { "name": "reason", "type": "choice", "choices": ["it is broken", "I do not like it"], "max_tries": 2 }
          ],
          "steps": [
            { "name": "ask_number", "do": "ask", "slot": "order_number", "say": { "en": "What is the number of your order?" }, "next": "tell" },
            { "name": "tell", "do": "order_status", "slot": "order_number" },
            { "name": "ask_reason", "do": "ask", "slot": "reason", "say": { "en": "What is the matter with it?" }, "next": "which" },
            { "name": "which", "do": "branch", "cases": [{ "field": "slots.reason", "is": "equal", "value": "it is broken", "next": "person" }], "otherwise": "label" },
            { "name": "label", "do": "say", "say": { "en": "You have 30 days. Ask for a label in your account, under Orders." }, "next": "helped" },
            { "name": "helped", "do": "ask_helpful" },
            { "name": "person", "do": "hand_over", "say": { "en": "I am sorry. A person will take care of it." } }
          ]
        }
        """;
}
