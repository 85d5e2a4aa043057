using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Companies;
using CustomerCrm.Customers;
using CustomerCrm.Orders;
using CustomerCrm.Orders.External;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Lists;
using CustomerCrm.RecycleBin;

namespace CustomerCrm.Tests.RecycleBin;

/// <summary>Who belongs to a company does so again, in whatever order customer and company come back.</summary>
public class RestoredPlacesTests
{
    private TestTenant acme = null!;
    private Customer ana = null!;
    private Company first = null!, second = null!;

    [SetUp]
    public async Task SetUp()
    {
        acme = await TestTenant.NewAsync();
        ana = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ana" });
        first = await acme.CreateAsync<Company>("/v1/companies", new { name = "First" });
        second = await acme.CreateAsync<Company>("/v1/companies", new { name = "Second" });
        foreach (var company in new[] { first, second }) await acme.Http.PutAsJsonAsync($"/v1/companies/{company.Id}/people/{ana.Id}", new { role = $"Head of {company.Name}" });
        await Some.OrderAsync(acme, ana.Id, priceMinor: 700);
        await TestApi.RunJobsAsync();
    }

    [Test]
    public async Task A_customer_who_is_back_before_the_primary_company_has_the_other_one_until_then_as_well_as_later()
    {
        await DeleteAsync($"/v1/customers/{ana.Id}?with_orders=true");
        await DeleteAsync($"/v1/companies/{first.Id}");

        var answer = await RestoreAsync(BinKind.Customer);
        var (alone, counted) = (await PlacesAsync(), await SpendAsync(second));
        var waiting = await ItemAsync(BinKind.Company);
        await RestoreAsync(BinKind.Company);

        Assert.That(alone, Is.EqualTo(new[] { ("Head of Second", true) }));
        Assert.That(counted, Is.EqualTo((1, 700L)));
        Assert.That(answer.LeftOut.Select(l => (l.Resource, l.Value, l.Reason)), Is.EqualTo(new[] { ("company", first.Id.ToString(), RestoreBinItem.LeftOutReason.Missing) }));
        Assert.That(waiting.Contents["person"], Is.EqualTo(1));
        Assert.That(await PlacesAsync(), Is.EquivalentTo(new[] { ("Head of Second", true), ("Head of First", false) }));
        Assert.That((await SpendAsync(first), await SpendAsync(second)), Is.EqualTo(((1, 0L), (1, 700L))));
    }

    [Test]
    public async Task A_company_that_is_back_before_its_people_gets_them_when_they_are()
    {
        await DeleteAsync($"/v1/companies/{first.Id}");
        await DeleteAsync($"/v1/customers/{ana.Id}?with_orders=true");

        var answer = await RestoreAsync(BinKind.Company);
        await RestoreAsync(BinKind.Customer);

        Assert.That(answer.LeftOut.Select(l => (l.Resource, l.Value)), Is.EqualTo(new[] { ("person", ana.Id.ToString()) }));
        Assert.That(await PlacesAsync(), Is.EquivalentTo(new[] { ("Head of Second", true), ("Head of First", false) }));
        Assert.That((await SpendAsync(first), await SpendAsync(second)), Is.EqualTo(((1, 0L), (1, 700L))));
    }

    [Test]
    public async Task The_only_company_is_the_primary_one_again_when_it_is_back_last()
    {
        await DeleteAsync($"/v1/companies/{second.Id}/people/{ana.Id}");
        await DeleteAsync($"/v1/customers/{ana.Id}?with_orders=true");
        await DeleteAsync($"/v1/companies/{first.Id}");

        await RestoreAsync(BinKind.Customer);
        await RestoreAsync(BinKind.Company);

        Assert.That(await PlacesAsync(), Is.EqualTo(new[] { ("Head of First", true) }));
        Assert.That(await SpendAsync(first), Is.EqualTo((1, 700L)));
    }

    [Test]
    public async Task Companies_count_without_a_customer_as_soon_as_that_one_is_in_the_bin()
    {
        await DeleteAsync($"/v1/customers/{ana.Id}?with_orders=true");
        Assert.That((await SpendAsync(first), await SpendAsync(second)), Is.EqualTo(((0, 0L), (0, 0L))));

        await RestoreAsync(BinKind.Customer);
        Assert.That((await SpendAsync(first), await SpendAsync(second)), Is.EqualTo(((1, 700L), (1, 0L))));
    }

    [Test]
    public async Task What_is_left_out_of_a_company_that_was_purged_is_named()
    {
        await DeleteAsync($"/v1/customers/{ana.Id}?with_orders=true");
        await DeleteAsync($"/v1/companies/{first.Id}");
        await DeleteAsync($"/v1/recycle_bin/{(await ItemAsync(BinKind.Company)).Id}");

        var answer = await RestoreAsync(BinKind.Customer);

        Assert.That(answer.LeftOut.Select(l => (l.Resource, l.Value)), Is.EqualTo(new[] { ("company", first.Id.ToString()) }));
        Assert.That(await PlacesAsync(), Is.EqualTo(new[] { ("Head of Second", true) }));
    }

    [Test]
    public async Task With_an_order_that_is_left_out_its_notes_are_named()
    {
        var order = await StateAsync(ana);
        await acme.CreateAsync<JsonElement>("/v1/notes", new { order_id = order.Id, body = "Gift wrapping" });
        await DeleteAsync($"/v1/customers/{ana.Id}?with_orders=true");
        await StateAsync(await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ben" }));

        var answer = await RestoreAsync(BinKind.Customer);

        Assert.That(answer.LeftOut.Select(l => (l.Resource, l.Value, l.Reason)), Is.EqualTo(new[]
        {
            ("order", "X", RestoreBinItem.LeftOutReason.Taken), ("note", order.Id.ToString(), RestoreBinItem.LeftOutReason.Missing),
        }));
    }

    private async Task<Order> StateAsync(Customer customer) =>
        await TestTenant.ReadAsync<UpsertedOrder>(await acme.Http.PutAsJsonAsync("/v1/orders/by-external-id/shop/X", new { CustomerId = customer.Id, Lines = new[] { Some.Line() } }, StrictJson.Options));

    private async Task DeleteAsync(string path)
    {
        (await acme.Http.DeleteAsync(path)).EnsureSuccessStatusCode();
        await TestApi.RunJobsAsync();
    }

    private async Task<BinItem> ItemAsync(BinKind kind) => (await acme.GetAsync<Page<BinItem>>("/v1/recycle_bin")).Data.Single(i => i.Kind == kind);

    private async Task<RestoreBinItem.Answer> RestoreAsync(BinKind kind)
    {
        var answer = await acme.CreateAsync<RestoreBinItem.Answer>($"/v1/recycle_bin/{(await ItemAsync(kind)).Id}/restore", new { without_taken = true });
        await TestApi.RunJobsAsync();
        return answer;
    }

    private async Task<(string? Role, bool IsPrimary)[]> PlacesAsync() =>
        [.. (await acme.GetAsync<JsonElement>($"/v1/customers/{ana.Id}/companies")).GetProperty("data").EnumerateArray().Select(p => (p.GetProperty("role").GetString(), p.GetProperty("is_primary").GetBoolean()))];

    private async Task<(int People, long Spend)> SpendAsync(Company company)
    {
        var shown = await acme.GetAsync<Company>($"/v1/companies/{company.Id}");
        return (shown.PeopleCount, shown.SpendMinor);
    }
}
