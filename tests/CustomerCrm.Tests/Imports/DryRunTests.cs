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
    public async Task So_are_orders_and_interactions(string resource, string file, string outcomes)
    {
        var id = await SomeFiles.UploadedAsync(acme, file, $"resource={resource}");

        await SomeFiles.DoAsync(acme, id, "dry_run");
        var rehearsed = await OutcomesAsync(id);
        await SomeFiles.DoAsync(acme, id, "run");

        Assert.That((rehearsed, await OutcomesAsync(id)), Is.EqualTo((outcomes, outcomes)));
    }

    private async Task<string> OutcomesAsync(string id) => string.Join(' ', (await SomeFiles.RowsAsync(acme, id)).Select(row => row.Text("outcome")));
}
