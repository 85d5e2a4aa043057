using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerCrm.Bots.Flow;

namespace CustomerCrm.Tests.Bots;

public class FlowCheckTests
{
    [Test]
    public void A_whole_flow_is_right() => Assert.That(FlowCheck.WrongWith(SomeFlow.Flow, "/flow"), Is.Empty);

    // What is changed in the flow, and where that is wrong.
    [TestCase("/intents/0/step", "\"nowhere\"", "/flow/intents/0/step unknown_step")]
    [TestCase("/intents/0/phrases", "[]", null)]
    [TestCase("/intents/1/phrases", "[]", "/flow/intents/1/phrases required")]
    [TestCase("/intents/1/phrases", "[\" \"]", "/flow/intents/1/phrases/0 too_long")]
    [TestCase("/intents/0/patterns", "[\"(a+)+$\"]", null)]
    [TestCase("/intents/0/patterns", "[\"(?=a)b\"]", "/flow/intents/0/patterns/0 pattern_invalid")]
    [TestCase("/intents/0/patterns", "[\"(a)\\\\1\"]", "/flow/intents/0/patterns/0 pattern_invalid")]
    [TestCase("/intents/0/patterns", "[\"((\"]", "/flow/intents/0/patterns/0 pattern_invalid")]
    [TestCase("/intents/0/patterns", "[\".*\"]", "/flow/intents/0/patterns/0 pattern_invalid")]
    [TestCase("/intents/0/patterns", "[\"(?<colour>red)\"]", "/flow/intents/0/patterns/0 unknown_slot")]
    [TestCase("/intents/1/name", "\"order_status\"", "/flow/intents/1/name duplicate")]
    [TestCase("/intents/1/name", "\"No Name\"", "/flow/intents/1/name invalid")]
    [TestCase("/steps/0/slot", "\"colour\"", "/flow/steps/0/slot unknown_slot")]
    [TestCase("/steps/0/slot", "null", "/flow/steps/0/slot required")]
    [TestCase("/steps/0/say", "null", "/flow/steps/0/say required")]
    [TestCase("/steps/0/say", "{\"de\":\"Welche?\"}", "/flow/steps/0/say language_missing")]
    [TestCase("/steps/0/say", "{\"en\":\"\"}", "/flow/steps/0/say/en too_long")]
    [TestCase("/steps/0/say", "{\"en\":\"{colour}?\"}", "/flow/steps/0/say/en unknown_slot")]
    [TestCase("/steps/0/say", "{\"en\":\"a\",\"no tag\":\"b\"}", "/flow/steps/0/say language_tag_invalid")]
    [TestCase("/steps/0/next", "\"nowhere\"", "/flow/steps/0/next unknown_step")]
    [TestCase("/steps/3/cases", "[]", "/flow/steps/3/cases too_few")]
    [TestCase("/steps/3/otherwise", "null", "/flow/steps/3/otherwise required")]
    [TestCase("/steps/3/cases/0/field", "\"slots.colour\"", "/flow/steps/3/cases/0/field unknown_field")]
    [TestCase("/steps/3/cases/0/field", "\"customer.password\"", "/flow/steps/3/cases/0/field unknown_field")]
    [TestCase("/steps/3/cases/0/next", "\"nowhere\"", "/flow/steps/3/cases/0/next unknown_step")]
    [TestCase("/steps/3/cases/0/value", "null", "/flow/steps/3/cases/0/value required")]
    [TestCase("/steps/3/cases/0/is", "\"set\"", "/flow/steps/3/cases/0/value not_wanted")]
    [TestCase("/slots/1/choices", "[\"one\"]", "/flow/slots/1/choices too_few")]
    [TestCase("/slots/0/choices", "[\"one\",\"two\"]", "/flow/slots/0/choices not_wanted")]
    [TestCase("/slots/1/max_tries", "9", "/flow/slots/1/max_tries out_of_range")]
    [TestCase("/fallback", "\"nowhere\"", "/flow/fallback unknown_step")]
    [TestCase("/max_misses", "99", "/flow/max_misses out_of_range")]
    [TestCase("/intents/2/step", "\"person\"", "/flow/steps/7 unreachable")]
    [TestCase("/steps/4/next", "\"which\"", "/flow/steps/4 goes_round")]
    [TestCase("/steps/4/next", "\"label\"", "/flow/steps/4 goes_round")]
    [TestCase("/steps/4/next", "\"ask_reason\"", null)]
    public void What_is_wrong_is_told_by_its_place(string at, string value, string? wrong)
    {
        var flow = JsonSerializer.SerializeToNode(SomeFlow.Wire())!;
        var steps = at.Split('/')[1..];
        var parent = steps[..^1].Aggregate(flow, (node, step) => int.TryParse(step, out var i) ? node[i]! : node[step]!);
        if (int.TryParse(steps[^1], out var index)) parent[index] = JsonNode.Parse(value);
        else parent[steps[^1]] = JsonNode.Parse(value);

        var errors = FlowCheck.WrongWith(SomeFlow.Read(flow), "/flow").Select(error => $"{error.Pointer} {error.Code}").ToArray();

        // A step that leads elsewhere may leave another one that nothing leads to.
        if (wrong is null) Assert.That(errors.Where(error => !error.EndsWith(" unreachable", StringComparison.Ordinal)), Is.Empty);
        else Assert.That(errors, Does.Contain(wrong));
    }

    [Test]
    public void A_pattern_that_would_take_for_ever_elsewhere_is_read_at_once()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();

        FlowPatterns.Find("(a+)+$", new string('a', 5000) + "!");

        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(2)));
    }
}
