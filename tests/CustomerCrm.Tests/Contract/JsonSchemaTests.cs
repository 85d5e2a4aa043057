using System.Text.Json.Nodes;

namespace CustomerCrm.Tests.Contract;

public class JsonSchemaTests
{
    private readonly JsonSchema schema = new(JsonNode.Parse("""{"components":{"schemas":{"Name":{"type":"string","maxLength":3}}}}""")!.AsObject());

    [TestCase("""{"type":"string","maxLength":3}""", "\"abcd\"")]
    [TestCase("""{"type":["integer","null"],"maximum":9}""", "10")]
    [TestCase("""{"type":"integer"}""", "1.5")]
    [TestCase("""{"type":"object","required":["a"],"properties":{"a":{}}}""", "{}")]
    [TestCase("""{"type":"object","properties":{"a":{}},"additionalProperties":false}""", """{"b":1}""")]
    [TestCase("""{"type":"array","items":{"$ref":"#/components/schemas/Name"}}""", """["abc","abcd"]""")]
    [TestCase("""{"oneOf":[{"type":"string"},{"type":"null"}]}""", "1")]
    [TestCase("""{"enum":["a","b"]}""", "\"c\"")]
    [TestCase("""{"type":"string","format":"date-time"}""", "\"2030-01-15T09:00:00+01:00\"")]
    [TestCase("""{"type":"string","pattern":"^cus_"}""", "\"ord_1\"")]
    public void What_breaks_a_schema_is_seen(string rules, string value) =>
        Assert.That(schema.Check(JsonNode.Parse(value), JsonNode.Parse(rules)!), Has.Count.EqualTo(1));

    [TestCase("""{"type":["integer","null"],"maximum":9}""", "null")]
    [TestCase("""{"oneOf":[{"$ref":"#/components/schemas/Name"},{"type":"null"}]}""", "\"abc\"")]
    [TestCase("""{"type":"object","required":["a"],"properties":{"a":{"type":"boolean"}},"additionalProperties":false}""", """{"a":true}""")]
    public void What_fits_is_let_through(string rules, string value) =>
        Assert.That(schema.Check(JsonNode.Parse(value), JsonNode.Parse(rules)!), Is.Empty);
}
