using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Tests.CustomFields;

namespace CustomerCrm.Tests.Companies;

public class RemovedCompanyTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task OpenAsync() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task A_company_comes_back_with_its_notes_and_its_people()
    {
        var (company, other) = (await CompanyAsync("Engines"), await CompanyAsync("Looms"));
        var (ana, ben) = (await CustomerAsync("Ana"), await CustomerAsync("Ben"));
        await JoinAsync(company, ana, "Head");
        await JoinAsync(company, ben, "Clerk");
        await JoinAsync(other, ben, "Weaver");
        await acme.CreateAsync<JsonElement>("/v1/notes", new { company_id = company, body = "Pays late." });

        await acme.Http.DeleteAsync($"/v1/companies/{company}");
        var meanwhile = await PrimaryOfAsync(ben);
        await RestoreAsync();

        Assert.That(meanwhile, Is.EqualTo(other));
        Assert.That((await PrimaryOfAsync(ana), await PrimaryOfAsync(ben)), Is.EqualTo((company, other)));
        Assert.That((await PeopleAsync(company)).Select(p => p.GetProperty("role").GetString()), Is.EqualTo(new[] { "Head", "Clerk" }));
        Assert.That((await acme.GetAsync<JsonElement>($"/v1/companies/{company}/notes")).GetProperty("data").GetArrayLength(), Is.EqualTo(1));
        Assert.That((await acme.GetAsync<JsonElement>($"/v1/companies/{company}")).GetProperty("people_count").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public async Task Whoever_has_found_another_company_meanwhile_keeps_that_as_the_primary_one()
    {
        var (company, other) = (await CompanyAsync("Engines"), await CompanyAsync("Looms"));
        var ana = await CustomerAsync("Ana");
        await JoinAsync(company, ana, "Head");
        await acme.Http.DeleteAsync($"/v1/companies/{company}");
        await JoinAsync(other, ana, "Weaver");

        await RestoreAsync();

        Assert.That(await PrimaryOfAsync(ana), Is.EqualTo(other));
        Assert.That(await PeopleAsync(company), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Whoever_has_left_the_other_company_meanwhile_has_this_one_as_the_primary_one_again()
    {
        var (company, other) = (await CompanyAsync("Engines"), await CompanyAsync("Looms"));
        var ana = await CustomerAsync("Ana");
        await JoinAsync(company, ana, "Head");
        await JoinAsync(other, ana, "Weaver");
        await acme.Http.DeleteAsync($"/v1/companies/{company}");
        await acme.Http.DeleteAsync($"/v1/companies/{other}/people/{ana}");

        await RestoreAsync();

        Assert.That(await PrimaryOfAsync(ana), Is.EqualTo(company));
    }

    private async Task<string> CompanyAsync(string name) => (await acme.CreateAsync<JsonElement>("/v1/companies", new { name })).Id();

    private async Task<string> CustomerAsync(string name) => (await acme.CreateAsync<JsonElement>("/v1/customers", new { name })).Id();

    private Task<HttpResponseMessage> JoinAsync(string company, string customer, string role) => acme.Http.PutAsJsonAsync($"/v1/companies/{company}/people/{customer}", new { role });

    private async Task RestoreAsync()
    {
        var item = (await acme.GetAsync<JsonElement>("/v1/recycle_bin")).GetProperty("data").EnumerateArray().Single();
        await acme.CreateAsync<JsonElement>($"/v1/recycle_bin/{item.Id()}/restore", new { });
        await TestApi.RunJobsAsync();
    }

    private async Task<JsonElement[]> PeopleAsync(string company) => [.. (await acme.GetAsync<JsonElement>($"/v1/companies/{company}/people")).GetProperty("data").EnumerateArray()];

    private async Task<string> PrimaryOfAsync(string customer) =>
        (await acme.GetAsync<JsonElement>($"/v1/customers/{customer}/companies")).GetProperty("data").EnumerateArray().Single(c => c.GetProperty("is_primary").GetBoolean()).GetProperty("company_id").GetString()!;
}
