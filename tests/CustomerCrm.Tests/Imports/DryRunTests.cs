using System.Text.Json;

namespace CustomerCrm.Tests.Imports;

/// <summary>A dry run decides as the run would, also where rows are about what earlier rows made or changed.</summary>
public class DryRunTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task NewTenantAsync() => acme = await TestTenant.NewAsync();

    [TestCase("email,phone\nx@example.com,+4312345671\ny@example.com,+4312345672\nx@example.com,+4312345672\n", "create create conflict")]
    [TestCase("email,first_name\nx@example.com,M1\nx@example.com,M2\nx@example.com,\n", "create update skip")]
    [TestCase("email,phone,first_name\nx@example.com,+4312345671,M1\n,+4312345671,M1\n,+4312345671,M2\n", "create skip update")]
    [TestCase("email,phone,city\nknown@example.com,,Wien\n,+4312345679,Wien\n", "update skip")]
    [TestCase("email,phone,city\nknown@example.com,,Wien\n,+4312345679,Graz\n", "update update")]
    [TestCase("email,phone\nknown@example.com,+4312345670\nx@example.com,\nx@example.com,+4312345670\n", "update create conflict")]
    [TestCase("email,tags,tier\nx@example.com,VIP,gold\nx@example.com,VIP,gold\nx@example.com,\"VIP,new\",gold\nx@example.com,,silver\n", "create skip update update")]
    public async Task Customers_whom_several_rows_name_are_decided_in_their_order(string file, string outcomes)
    {
        await acme.CreateAsync<JsonElement>("/v1/custom_fields", new { resource = "customers", name = "tier", label = "Tier", type = "text" });
        await acme.CreateAsync<JsonElement>("/v1/customers", new { email = "known@example.com", phone = "+4312345679", city = "Graz" });
        var id = await SomeFiles.UploadedAsync(acme, file);

        var tried = await SomeFiles.DoAsync(acme, id, "dry_run");
        var rehearsed = await OutcomesAsync(id);
        var run = await SomeFiles.DoAsync(acme, id, "run");

        Assert.That((rehearsed, await OutcomesAsync(id)), Is.EqualTo((outcomes, outcomes)));
        Assert.That(run.GetProperty("run").GetRawText(), Is.EqualTo(tried.GetProperty("dry_run").GetRawText()));
    }

    [Test]
    public async Task A_row_that_brings_back_what_an_earlier_one_changed_is_written()
    {
        await acme.CreateAsync<JsonElement>("/v1/customers", new { email = "known@example.com", city = "Graz" });

        await SomeFiles.ImportedAsync(acme, "email,city\nknown@example.com,Wien\nknown@example.com,Graz\n");

        Assert.That((await SomeFiles.CustomersAsync(acme)).Single().Text("city"), Is.EqualTo("Graz"));
    }

    [Test]
    public async Task The_changes_of_a_later_row_begin_where_the_earlier_one_ends()
    {
        var id = await SomeFiles.UploadedAsync(acme, "email,city\nx@example.com,Wien\nx@example.com,Linz\n");

        await SomeFiles.DoAsync(acme, id, "dry_run");

        var second = (await SomeFiles.RowsAsync(acme, id))[1];
        Assert.That((second.Text("reason"), second.GetProperty("resource_id").GetString()), Is.EqualTo(("repeats_earlier_row", (string?)null)));
        Assert.That(second.GetProperty("changes").EnumerateArray().Select(c => $"{c.Text("field")}: {c.Text("from")} → {c.Text("to")}"), Is.EqualTo(new[] { "city: Wien → Linz" }));
    }

    [TestCase("orders", "order id,email,unit price minor\n1,ana@example.com,500\n1,ana@example.com,500\n1,ana@example.com,600\n1,ana@example.com,500\n", "create skip update update")]
    [TestCase("interactions", "id,email,channel,direction\nc1,ana@example.com,phone,inbound\nc1,ana@example.com,phone,inbound\n", "create skip")]
    [TestCase("orders", "order id,email,unit price minor\n1,ana@example.com,500\n1,bob@example.com,500\n1,bob@example.com,500\n1,ana@example.com,500\n1,,500\n", "create update skip update skip")]
    [TestCase("orders", "order id,email,phone,unit price minor\n1,ana@example.com,,500\n2,ana@example.com,+4312345671,500\n1,,+4312345671,500\n1,bob@example.com,,500\n", "create create skip update")]
    [TestCase("consents", "email,purpose,channel,state,occurred_at\nana@example.com,marketing,email,granted,2024-05-01\nana@example.com,marketing,email,granted,2024-05-01\n", "create skip")]
    public async Task So_are_orders_interactions_and_consents(string resource, string file, string outcomes)
    {
        var id = await SomeFiles.UploadedAsync(acme, file, $"resource={resource}");

        await SomeFiles.DoAsync(acme, id, "dry_run");
        var rehearsed = await OutcomesAsync(id);
        await SomeFiles.DoAsync(acme, id, "run");

        Assert.That((rehearsed, await OutcomesAsync(id)), Is.EqualTo((outcomes, outcomes)));
    }

    [TestCase("orders", "order id,email,unit price minor\n1,bad,500\n", "email_invalid")]
    [TestCase("orders", "order id,phone,unit price minor\n1,12,500\n", "phone_needs_country")]
    [TestCase("orders", "order id,customer_id,unit price minor\n1,cus_01k9z4v5m8e0qv3n6w7x8y9zab,500\n", "not_found")]
    [TestCase("orders", "order id,email,unit price minor\n1,,500\n", "required")]
    [TestCase("orders", "order id,email,unit price minor,placed_at\n1,ana@example.com,500,2045-01-01\n", "in_the_future")]
    [TestCase("orders", "order id,email,unit price minor,discount_minor\n1,ana@example.com,500,99999\n", "too_large")]
    [TestCase("interactions", "email,channel,direction\nbad,phone,inbound\n", "email_invalid")]
    [TestCase("interactions", "customer_id,channel,direction\ncus_01k9z4v5m8e0qv3n6w7x8y9zab,phone,inbound\n", "not_found")]
    [TestCase("interactions", "email,channel,direction,occurred_at\nana@example.com,phone,inbound,2035-01-01\n", "in_the_future")]
    [TestCase("consents", "email,purpose,channel,state\nbad,marketing,email,granted\n", "email_invalid")]
    [TestCase("consents", "customer_id,purpose,channel,state\ncus_01k9z4v5m8e0qv3n6w7x8y9zab,marketing,email,granted\n", "not_found")]
    [TestCase("consents", "email,purpose,channel,state,topic,id\nana@example.com,marketing,email,granted,,c1\nana@example.com,marketing,email,granted,nope,c1\n", "unknown_topic")]
    public async Task What_the_run_would_refuse_is_refused_before(string resource, string file, string code)
    {
        var id = await SomeFiles.UploadedAsync(acme, file, $"resource={resource}");

        await SomeFiles.DoAsync(acme, id, "dry_run");
        var rehearsed = await RefusedAsync(id);
        await SomeFiles.DoAsync(acme, id, "run");

        Assert.That(rehearsed, Does.EndWith($"invalid: {code}"));
        Assert.That(await RefusedAsync(id), Is.EqualTo(rehearsed));
    }

    private async Task<string> RefusedAsync(string id) =>
        $"{await OutcomesAsync(id)}: {string.Join(' ', (await acme.GetAsync<JsonElement>($"/v1/imports/{id}/errors")).GetProperty("data").EnumerateArray().Select(e => e.Text("code")))}";

    private async Task<string> OutcomesAsync(string id) => string.Join(' ', (await SomeFiles.RowsAsync(acme, id)).Select(row => row.Text("outcome")));
}
