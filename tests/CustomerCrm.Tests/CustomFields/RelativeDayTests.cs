using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Tenant;

namespace CustomerCrm.Tests.CustomFields;

/// <summary>Fields of the tenant's own that hold days are asked for by the day of asking, where the tenant is.</summary>
public class RelativeDayTests
{
    [TestCase("within_days", 30, "Today Month")]
    [TestCase("older_than_days", 30, "Long")]
    [TestCase("in_next_days", 10, "Today Soon")]
    [TestCase("in_period", "today", "Today")]
    public async Task A_rule_finds_them(string op, object value, string names)
    {
        var acme = await WithFieldAsync("UTC");
        var today = DateOnly.FromDateTime(TestApi.Clock.GetUtcNow().UtcDateTime);
        foreach (var (name, days) in new[] { ("Today", 0), ("Month", -30), ("Long", -31), ("Soon", 10), ("Late", 11) }) await acme.CustomerAsync(name, new { renews_on = Written(today.AddDays(days)) });
        await acme.CustomerAsync("None", new { });

        var preview = await acme.CreateAsync<JsonElement>("/v1/segments/preview", new { rule = new { field = "custom_fields.renews_on", op, value } });

        Assert.That(preview.GetProperty("size").GetInt32(), Is.EqualTo(names.Split(' ').Length));
        Assert.That(await MembersAsync(acme, op, value), Is.EquivalentTo(names.Split(' ')));
    }

    [TestCase("Pacific/Kiritimati")]
    [TestCase("Pacific/Pago_Pago")]
    public async Task Today_is_where_the_tenant_is(string zone)
    {
        var acme = await WithFieldAsync(zone);
        var there = TenantCalendar.In(zone).DayOf(TestApi.Clock.GetUtcNow());
        await acme.CustomerAsync("There", new { renews_on = Written(there) });
        await acme.CustomerAsync("Before", new { renews_on = Written(there.AddDays(-1)) });
        await acme.CustomerAsync("After", new { renews_on = Written(there.AddDays(1)) });

        Assert.That(await MembersAsync(acme, "in_period", "today"), Is.EqualTo(new[] { "There" }));
    }

    [TestCase("custom_fields.motto", "within_days", 30, "/rule/op")]
    [TestCase("custom_fields.renews_on", "within_days", 0, "/rule/value")]
    [TestCase("custom_fields.renews_on", "in_period", "someday", "/rule/value")]
    public async Task What_is_no_day_or_no_number_of_days_is_refused(string field, string op, object value, string pointer)
    {
        var acme = await WithFieldAsync("UTC");
        await acme.FieldAsync("motto", "text");

        var problem = await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/segments", new { name = "S", kind = "dynamic", rule = new { field, op, value } }));

        Assert.That(problem.Pointers, Is.EqualTo(new[] { pointer }));
    }

    [Test]
    public async Task The_metadata_tell_how_a_day_can_be_asked()
    {
        var acme = await WithFieldAsync("UTC");

        var metadata = await acme.GetAsync<JsonElement>("/v1/metadata");

        var question = metadata.GetProperty("segments").GetProperty("fields").EnumerateArray().Single(field => field.GetProperty("name").GetString() == "custom_fields.renews_on");
        Assert.That(question.GetProperty("operators").EnumerateArray().Select(op => op.GetProperty("name").GetString()), Is.SupersetOf(new[] { "within_days", "older_than_days", "in_period", "in_next_days" }));
    }

    [Test]
    public async Task A_template_writes_days_and_amounts_as_it_writes_those_that_are_built_in()
    {
        var acme = await WithFieldAsync("UTC");
        await acme.FieldAsync("deposit", "money");
        await acme.Http.PatchAsJsonAsync("/v1/tenant", new { locale = "de-AT" });
        var ana = await acme.CustomerAsync("Ana", new { renews_on = "2030-01-31", deposit = 12050 });
        var template = await acme.CreateAsync<JsonElement>("/v1/templates", new { name = "Renewal", sms = "{{#if customer.custom_fields.renews_on}}{{customer.custom_fields.renews_on}}{{/if}}: {{#if customer.custom_fields.deposit}}{{customer.custom_fields.deposit}}{{/if}}" });

        var preview = await acme.CreateAsync<JsonElement>($"/v1/templates/{template.Id()}/preview", new { customer_id = ana.Id() });

        Assert.That(preview.GetProperty("sms").GetProperty("text").GetString(), Does.StartWith("31. Jänner 2030: 120.50 EUR"));
    }

    private static async Task<TestTenant> WithFieldAsync(string zone)
    {
        var tenant = await TestTenant.NewAsync(timeZone: zone);
        await tenant.FieldAsync("renews_on", "date");
        return tenant;
    }

    private static async Task<string[]> MembersAsync(TestTenant tenant, string op, object value)
    {
        var segment = await tenant.CreateAsync<JsonElement>("/v1/segments", new { name = "Renewals", kind = "dynamic", rule = new { field = "custom_fields.renews_on", op, value } });
        await TestApi.RunJobsAsync();
        return [.. (await tenant.GetAsync<JsonElement>($"/v1/segments/{segment.Id()}/members")).GetProperty("data").EnumerateArray().Select(member => member.GetProperty("name").GetString()!)];
    }

    private static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
