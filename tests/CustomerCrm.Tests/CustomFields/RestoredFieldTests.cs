using System.Text.Json;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Tests.CustomFields;

public class RestoredFieldTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task OpenAsync() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task A_record_comes_back_without_the_values_of_a_field_that_was_deleted_meanwhile()
    {
        var tier = await acme.FieldAsync("tier", "text");
        await acme.FieldAsync("size", "number");
        var (ana, ben) = (await acme.CustomerAsync("Ana", new { tier = "gold", size = 42 }), await acme.CustomerAsync("Ben", new { tier = "gold" }));
        await acme.Http.DeleteAsync($"/v1/customers/{ana.Id()}");
        await acme.Http.DeleteAsync($"/v1/customers/{ben.Id()}");
        await acme.Http.DeleteAsync($"/v1/custom_fields/{tier.Id}");

        await RestoreAsync(); // before the job has run
        await TestApi.RunJobsAsync();

        Assert.That((await acme.GetAsync<JsonElement>($"/v1/customers/{ana.Id()}")).Own(), Is.EqualTo("""{"size":42}"""));
        Assert.That((await acme.GetAsync<JsonElement>($"/v1/customers/{ben.Id()}")).Own(), Is.EqualTo("{}"));
        Assert.That(await acme.NamesAsync("filter[custom_fields.size][eq]=42"), Is.EqualTo(new[] { "Ana" }));
    }

    [Test]
    public async Task Nor_with_them_in_a_new_field_of_the_same_name()
    {
        var tier = await acme.FieldAsync("tier", "text");
        var ana = await acme.CustomerAsync("Ana", new { tier = "gold" });
        await acme.Http.DeleteAsync($"/v1/customers/{ana.Id()}");
        await acme.Http.DeleteAsync($"/v1/custom_fields/{tier.Id}");
        await TestApi.RunJobsAsync();
        await acme.WithDbAsync(db => db.ExecuteAsync(Age, new { At = TestApi.Clock.GetUtcNow().AddHours(-1) }, default));
        await acme.FieldAsync("tier", "number");

        await RestoreAsync();
        var changed = await TestTenant.ReadAsync<JsonElement>(await acme.PatchAsync($"/v1/customers/{ana.Id()}", new { custom_fields = new { tier = 3 } }));

        Assert.That(changed.Own(), Is.EqualTo("""{"tier":3}"""));
    }

    [Test]
    public async Task Nor_do_a_restored_customers_orders()
    {
        var gift = await acme.FieldAsync("gift", "boolean", "orders");
        var ana = await acme.CustomerAsync("Ana", new { });
        var order = await acme.CreateAsync<JsonElement>("/v1/orders", new { customer_id = ana.Id(), placed_at = TestApi.Clock.GetUtcNow(), lines = new[] { new { name = "Tea", quantity = 1, unit_price_minor = 100 } }, custom_fields = new { gift = true } });
        await acme.Http.DeleteAsync($"/v1/customers/{ana.Id()}?with_orders=true");
        await acme.Http.DeleteAsync($"/v1/custom_fields/{gift.Id}");
        await TestApi.RunJobsAsync();

        await RestoreAsync();

        Assert.That((await acme.GetAsync<JsonElement>($"/v1/orders/{order.Id()}")).Own(), Is.EqualTo("{}"));
    }

    private async Task RestoreAsync()
    {
        foreach (var item in (await acme.GetAsync<JsonElement>("/v1/recycle_bin")).GetProperty("data").EnumerateArray())
            await acme.CreateAsync<JsonElement>($"/v1/recycle_bin/{item.Id()}/restore", new { });
    }

    private static readonly TenantSql Age = TenantSql.Of("UPDATE RemovedRecords SET RemovedAt = @At WHERE TenantId = @TenantId");
}
