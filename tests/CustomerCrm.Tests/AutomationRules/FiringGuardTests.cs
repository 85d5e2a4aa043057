using System.Text.Json;
using CustomerCrm.AutomationRules;
using CustomerCrm.AutomationRules.Actions;
using CustomerCrm.AutomationRules.Conditions;
using CustomerCrm.AutomationRules.Firings;

namespace CustomerCrm.Tests.AutomationRules;

public class FiringGuardTests
{
    private static readonly DateTimeOffset now = new(2030, 1, 15, 9, 0, 0, TimeSpan.Zero);

    [TestCase(0, false, null, 0, null)]
    [TestCase(2, false, null, 0, null)]
    [TestCase(3, false, null, 0, "too_deep")]
    [TestCase(1, true, null, 0, "own_effect")]
    [TestCase(0, false, 59, 0, "cooldown")]
    [TestCase(0, false, 60, 0, null)]
    [TestCase(0, false, null, 9, null)]
    [TestCase(0, false, null, 10, "storm")]
    public void A_rule_fires_unless_something_keeps_it_from_it(int depth, bool isOwn, int? secondsAgo, int inHour, string? reason) =>
        Assert.That(FiringGuard.WhyNot(depth, isOwn, secondsAgo is { } s ? now.AddSeconds(-s) : null, TimeSpan.FromSeconds(60), inHour, 10, now), Is.EqualTo(reason));

    [TestCase(60, 2, new[] { 80, 40, 0 }, Description = "what did not fire keeps nothing from firing")]
    [TestCase(0, 3, new[] { 80, 40, 0 })]
    [TestCase(100, 1, new[] { 80, 40, 0 })]
    public void A_dry_run_leaves_a_customer_alone_as_the_rule_would(int cooldown, int firings, int[] secondsLatestFirst) =>
        Assert.That(DryRunRule.Firings([.. secondsLatestFirst.Select(s => now.AddSeconds(s))], TimeSpan.FromSeconds(cooldown)), Is.EqualTo(firings));

    [TestCase("order.paid", "order.paid", true)]
    [TestCase("order.*", "order.paid", true)]
    [TestCase("order.*", "orders.paid", false)]
    [TestCase("*", "customer.created", true)]
    [TestCase("*", "automation.fired", false, Description = "what rules record of themselves starts no rule")]
    [TestCase("automation_rule.paused", "automation_rule.paused", false)]
    public void A_rule_answers_events_of_its_types(string pattern, string type, bool answers) =>
        Assert.That(new AutomationDefinition { Events = [pattern], Actions = [] }.Answers(type), Is.EqualTo(answers));

    [TestCase("/total", "gte", "100", true)]
    [TestCase("/total", "gt", "100", false)]
    [TestCase("/total", "eq", "100.0", true)]
    [TestCase("/total", "gte", "\"100\"", false, Description = "a number is no text")]
    [TestCase("/name", "eq", "\"Ada\"", true)]
    [TestCase("/name", "contains", "\"DA\"", true)]
    [TestCase("/name", "starts_with", "\"b\"", false)]
    [TestCase("/tags", "contains", "\"vip\"", true)]
    [TestCase("/name", "in", "[\"Ada\",\"Eve\"]", true)]
    [TestCase("/name", "not_in", "[\"Ada\",\"Eve\"]", false)]
    [TestCase("/missing", "eq", "1", false)]
    [TestCase("/missing", "neq", "1", true)]
    [TestCase("/missing", "is_set", "false", true)]
    [TestCase("/missing", "lt", "5", false)]
    [TestCase("/none", "is_set", "true", false)]
    public void The_data_of_an_event_is_asked_by_its_place(string pointer, string op, string value, bool holds)
    {
        var data = JsonElement.Parse("""{"total":100,"name":"Ada","tags":["vip"],"none":null}""");
        var test = new EventDataTest { Pointer = pointer, Op = Enum.Parse<EventDataOp>(op.Replace("_", "", StringComparison.Ordinal), ignoreCase: true), Value = JsonElement.Parse(value) };

        Assert.That(test.Ask(data).Holds, Is.EqualTo(holds));
    }

    [Test]
    public void A_text_takes_what_the_event_says()
    {
        var data = JsonElement.Parse("""{"number":"1042","lines":[{"name":"Tea"}]}""");

        Assert.That(FilledText.Of("Order {{/number}}: {{ /lines/0/name }}{{/nothing}}, {{number}}", data, 100), Is.EqualTo("Order 1042: Tea, {{number}}"));
    }
}
