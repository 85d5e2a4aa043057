using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Tests.Imports;

/// <summary>What can no longer be as it was holds up nothing else that is taken back.</summary>
public class RefusedUndoTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task NewTenantAsync() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task Who_had_an_option_that_is_retired_now_is_kept_and_all_others_are_taken_back()
    {
        var field = await acme.CreateAsync<JsonElement>("/v1/custom_fields", new { resource = "customers", name = "tier", label = "Tier", type = "choice", options = new[] { new { name = "silver" }, new { name = "gold" } } });
        await acme.CreateAsync<JsonElement>("/v1/customers", new { email = "a0@example.com", custom_fields = new { tier = "silver" } });
        var id = await SomeFiles.ImportedAsync(acme, $"email,tier\n{People(1, 60)}a0@example.com,gold\n{People(61, 100)}");
        await TestTenant.ReadAsync<JsonElement>(await acme.Http.PatchAsync($"/v1/custom_fields/{field.Text("id")}", JsonContent.Create(new { options = new[] { new { name = "gold" } } })));

        var import = await SomeFiles.DoAsync(acme, id, "undo");

        await AssertAllButOneAsync(import, created: 160);
    }

    [Test]
    public async Task Who_referred_to_somebody_deleted_since_is_kept_and_all_others_are_taken_back()
    {
        await acme.CreateAsync<JsonElement>("/v1/custom_fields", new { resource = "customers", name = "friend", label = "Friend", type = "reference", references_to = "customers" });
        var (old, young) = (await CustomerAsync("old@example.com"), await CustomerAsync("young@example.com"));
        await acme.CreateAsync<JsonElement>("/v1/customers", new { email = "a0@example.com", custom_fields = new { friend = old } });
        var id = await SomeFiles.ImportedAsync(acme, $"email,friend\n{People(1, 3)}a0@example.com,{young}\n{People(4, 2)}");
        await acme.Http.DeleteAsync($"/v1/customers/{old}");

        var import = await SomeFiles.DoAsync(acme, id, "undo");

        await AssertAllButOneAsync(import, created: 5);
    }

    [Test]
    public async Task An_order_whose_customer_was_deleted_since_is_kept_and_all_others_are_taken_back()
    {
        const string header = "order id,email,unit price minor\n";
        await SomeFiles.ImportedAsync(acme, header + "1,one@example.com,500\n", "resource=orders");
        var id = await SomeFiles.ImportedAsync(acme, header + "2,two@example.com,100\n1,three@example.com,600\n3,two@example.com,100\n", "resource=orders");
        var one = (await SomeFiles.CustomersAsync(acme, "&filter[email][eq]=one@example.com")).Single();
        await acme.Http.DeleteAsync($"/v1/customers/{one.Text("id")}");

        var import = await SomeFiles.DoAsync(acme, id, "undo");

        await AssertAllButOneAsync(import, created: 2);
        Assert.That((await acme.GetAsync<JsonElement>("/v1/orders/by-external-id/import/1")).GetProperty("total_minor").GetInt32(), Is.EqualTo(600));
    }

    [Test]
    public async Task An_undo_that_failed_goes_on_where_it_stopped_and_the_run_does_not()
    {
        var id = await SomeFiles.ImportedAsync(acme, $"email,tier\n{People(1, 60)}");
        await TestApi.BeforeJobsRunAsync(async () =>
        {
            await acme.Http.PostAsync($"/v1/imports/{id}/undo", null);
            await acme.WithDbAsync(async db =>
            {
                await db.ExecuteAsync(Note, new { Text = "{" }, default);
                await db.ExecuteAsync(SomeFiles.LastAttempt, null, default);
            });
        });
        await TestApi.RunJobsAsync();

        var failed = await acme.GetAsync<JsonElement>($"/v1/imports/{id}");
        var run = await Problem.OfAsync(await acme.Http.PostAsync($"/v1/imports/{id}/run", null));
        await acme.WithDbAsync(db => db.ExecuteAsync(Note, new { Text = (string?)null }, default));
        var undone = await SomeFiles.DoAsync(acme, id, "undo");

        Assert.That((failed.Text("status"), failed.Text("failure_code"), failed.Of("undo", "removed")), Is.EqualTo(("failed", "gave_up", 50)));
        Assert.That(run.Code, Is.EqualTo("import_not_ready"));
        Assert.That((undone.Text("status"), undone.GetProperty("failure_code").GetString(), undone.Of("undo", "removed")), Is.EqualTo(("undone", (string?)null, 60)));
    }

    private async Task AssertAllButOneAsync(JsonElement import, int created)
    {
        Assert.That((import.Text("status"), import.Of("undo", "removed"), import.Of("undo", "restored"), import.Of("undo", "kept")), Is.EqualTo(("undone", created, 0, 1)));
        var kept = (await acme.GetAsync<JsonElement>($"/v1/imports/{import.Text("id")}/rows?limit=100&filter[outcome][eq]=update")).GetProperty("data")[0];
        Assert.That(kept.Text("undone"), Is.EqualTo("kept"));
    }

    private async Task<string> CustomerAsync(string email) => (await acme.CreateAsync<JsonElement>("/v1/customers", new { email })).Text("id");

    private static string People(int from, int count) => string.Concat(Enumerable.Range(from, count).Select(i => $"p{i}@example.com,\n"));

    private static readonly TenantSql Note = TenantSql.Of("UPDATE ImportRows SET ChangesText = @Text WHERE TenantId = @TenantId AND Phase = 2 AND Number = 5");
}
