using System.Net;
using System.Net.Http.Json;
using CustomerCrm.Metadata;
using CustomerCrm.Tests.CustomFields;

namespace CustomerCrm.Tests.Metadata;

/// <summary>What the metadata promises is kept: every filter, order and question it names is tried.</summary>
public class MetadataTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task SetUp()
    {
        acme = await TestTenant.NewAsync();
        foreach (var resource in new[] { "customers", "orders", "interactions" })
        {
            foreach (var type in new[] { "text", "number", "money", "date", "boolean" }) await acme.FieldAsync($"my_{type}", type, resource);
            await acme.FieldAsync("my_choice", "choice", resource, new[] { new { name = "gold" } });
            await acme.FieldAsync("my_reference", "reference", resource, referencesTo: "orders");
        }
    }

    [Test]
    public async Task Every_filter_and_order_it_names_works()
    {
        var metadata = await acme.GetAsync<TenantMetadata>("/v1/metadata");
        var tried = 0;

        Assert.That(metadata.Resources.Select(resource => resource.Name), Is.SupersetOf(new[] { "customers", "orders", "interactions", "segments", "custom_fields" }));
        foreach (var resource in metadata.Resources)
            foreach (var query in resource.Fields.SelectMany(QueriesOf))
            {
                var response = await acme.Http.GetAsync($"{resource.Path}?limit=1&{query}");
                // What the list of events follows is a cursor of its own.
                Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), $"{resource.Path}?{query}: {await response.Content.ReadAsStringAsync()}");
                tried++;
            }
        Assert.That(tried, Is.GreaterThan(150));
    }

    [Test]
    public async Task Every_question_it_names_can_be_asked()
    {
        var metadata = await acme.GetAsync<TenantMetadata>("/v1/metadata");

        foreach (var question in metadata.Segments.Fields)
            foreach (var op in question.Operators)
            {
                var response = await acme.Http.PostAsJsonAsync("/v1/segments/preview", new { rule = new { field = question.Name, op = op.Name, value = op.Example } });
                Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), $"{question.Name} {op.Name}: {await response.Content.ReadAsStringAsync()}");
            }
        Assert.That(metadata.Segments.Fields.Select(question => question.Name), Is.SupersetOf(new[] { "tag", "country", "order_count", "custom_fields.my_choice" }));
        Assert.That(metadata.Segments.Tests, Is.SupersetOf(new[] { "orders", "interactions" }));
    }

    [Test]
    public async Task It_shows_the_tenants_own_fields_and_nobody_elses()
    {
        var mine = Customers(await acme.GetAsync<TenantMetadata>("/v1/metadata"));
        var theirs = Customers(await (await TestTenant.NewAsync()).GetAsync<TenantMetadata>("/v1/metadata"));

        Assert.That(mine.Where(field => field.IsCustom).Select(field => (field.Name, field.Type)), Is.EquivalentTo(
            new[] { "text", "number", "money", "date", "boolean", "choice", "reference" }.Select(type => ($"custom_fields.my_{type}", type))));
        Assert.That(theirs.Where(field => field.IsCustom), Is.Empty);
        Assert.That(mine.Single(field => field.Name == "last_seen_at"), Has.Property("Type").EqualTo("time").And.Property("IsSortable").True);
        Assert.That(mine.Single(field => field.Name == "custom_fields.my_choice").Choices!.Single().Name, Is.EqualTo("gold"));
    }

    private static IReadOnlyList<TenantMetadata.Field> Customers(TenantMetadata metadata) => metadata.Resources.Single(resource => resource.Name == "customers").Fields;

    private static IEnumerable<string> QueriesOf(TenantMetadata.Field field) =>
        field.Operators.Select(op => $"filter[{field.Name}][{op.Name}]={Uri.EscapeDataString(op.Example)}").Concat(field.IsSortable ? [$"sort={field.Name}", $"sort=-{field.Name}"] : []);
}
