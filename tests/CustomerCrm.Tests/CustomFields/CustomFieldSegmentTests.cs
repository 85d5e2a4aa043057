using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace CustomerCrm.Tests.CustomFields;

public class CustomFieldSegmentTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task SetUp()
    {
        acme = await TestTenant.NewAsync();
        await acme.ChoiceAsync("tier", "gold", "silver");
        await acme.FieldAsync("score", "number");
    }

    [Test]
    public async Task Customers_enter_and_leave_as_their_values_change()
    {
        var segment = await SegmentAsync(new { all = new object[] { new { field = "custom_fields.tier", op = "eq", value = "gold" }, new { not = new { field = "custom_fields.score", op = "lt", value = 2.5 } } } });
        var ana = await acme.CustomerAsync("Ana", new { tier = "gold", score = 2.5 });
        await acme.CustomerAsync("Bo", new { tier = "gold", score = 2 });
        await acme.CustomerAsync("Cy", new { score = 9 });
        await TestApi.RunJobsAsync();
        var before = await MembersAsync(segment);

        await acme.PatchAsync($"/v1/customers/{ana.Id()}", new { custom_fields = new { tier = "silver" } });
        await TestApi.RunJobsAsync();

        Assert.That(before, Is.EqualTo(new[] { "Ana" }));
        Assert.That(await MembersAsync(segment), Is.Empty);
        var explained = await acme.GetAsync<JsonElement>($"/v1/segments/{segment}/members/{ana.Id()}/explanation");
        var asked = explained.GetProperty("rule").GetProperty("parts")[0];
        Assert.That((asked.GetProperty("seen").GetString(), asked.GetProperty("result").GetBoolean()), Is.EqualTo(("silver", false)));
    }

    [TestCase("""{"field":"custom_fields.nothing","op":"eq","value":"gold"}""", "/rule/field")]
    [TestCase("""{"all":[{"not":{"field":"custom_fields.tier","op":"gte","value":"gold"}}]}""", "/rule/all/0/not/op")]
    [TestCase("""{"any":[{"field":"country","op":"eq","value":"AT"},{"field":"custom_fields.tier","op":"in","value":["gold","lead"]}]}""", "/rule/any/1/value")]
    [TestCase("""{"field":"custom_fields.score","op":"eq","value":"5"}""", "/rule/value")]
    [TestCase("""{"field":"custom_fields.","op":"eq","value":"5"}""", "/rule/field")]
    public async Task A_question_that_the_field_does_not_take_is_refused_by_its_pointer(string rule, string pointer)
    {
        var body = new { name = "S", kind = "dynamic", rule = JsonSerializer.Deserialize<JsonElement>(rule) };

        var created = await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/segments", body));
        var previewed = await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/segments/preview", new { body.rule }));

        Assert.That((created.Status, created.Pointers), Is.EqualTo((HttpStatusCode.UnprocessableEntity, new[] { pointer })));
        Assert.That(previewed.Pointers, Is.EqualTo(new[] { pointer }));
    }

    [Test]
    public async Task A_field_that_a_rule_asks_for_cannot_be_deleted()
    {
        var segment = await SegmentAsync(new { not = new { field = "custom_fields.score", op = "is_set", value = true } });
        var score = (await acme.GetAsync<JsonElement>("/v1/custom_fields?filter[name][eq]=score")).GetProperty("data")[0].Id();

        var refused = await Problem.OfAsync(await acme.Http.DeleteAsync($"/v1/custom_fields/{score}"));
        await acme.Http.DeleteAsync($"/v1/segments/{segment}");
        var deleted = await acme.Http.DeleteAsync($"/v1/custom_fields/{score}");

        Assert.That((refused.Status, refused.Code), Is.EqualTo((HttpStatusCode.Conflict, "custom_field_in_use")));
        Assert.That(refused.Document.GetProperty("segment_ids")[0].GetString(), Is.EqualTo(segment));
        Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    private async Task<string> SegmentAsync(object rule) => (await acme.CreateAsync<JsonElement>("/v1/segments", new { name = "S", kind = "dynamic", rule })).Id();

    private async Task<string[]> MembersAsync(string segment) =>
        [.. (await acme.GetAsync<JsonElement>($"/v1/segments/{segment}/members")).GetProperty("data").EnumerateArray().Select(row => row.GetProperty("name").GetString()!)];
}
