using System.Net;
using System.Text.Json;
using CustomerCrm.Customers.Contacting;

namespace CustomerCrm.Tests.Preferences;

public class UnsubscribePageTests
{
    [Test]
    public async Task Opening_it_changes_nothing_and_the_button_says_no()
    {
        var pages = await SomePages.NewAsync();
        var path = await pages.UnsubscribeAsync();

        var opened = await TestApi.NewClient().GetStringAsync(path);
        var before = await pages.LedgerAsync();
        var done = await SomePages.SendAsync(path, ("do", "unsubscribe"));
        await SomePages.SendAsync(path, ("do", "unsubscribe"));

        Assert.That(opened, Does.Contain("<form method=\"post\">").And.Contain("Acme"));
        Assert.That(before, Is.Empty);
        Assert.That((await pages.StatesAsync())["all"], Is.EqualTo(ConsentState.Withdrawn));
        Assert.That(await done.Content.ReadAsStringAsync(), Does.Contain("/preferences/"));
        Assert.That((await pages.LedgerAsync()).Single().Source, Is.EqualTo("unsubscribe_page"), "the second press adds nothing");
    }

    /// <summary>RFC 8058: a POST with this body, no cookie, no redirect.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public async Task One_click_of_a_mail_program_is_enough(bool isMultipart)
    {
        var pages = await SomePages.NewAsync();
        using HttpContent body = isMultipart
            ? new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } }
            : new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]);

        var response = await TestApi.NewClient().PostAsync(await pages.UnsubscribeAsync("newsletter"), body);

        Assert.That((response.StatusCode, response.Headers.Contains("Set-Cookie"), await response.Content.ReadAsStringAsync()), Is.EqualTo((HttpStatusCode.OK, false, "")));
        Assert.That((await pages.LedgerAsync()).Single().Source, Is.EqualTo("one_click_unsubscribe"));
        Assert.That(await pages.StatesAsync(), Is.EquivalentTo(new Dictionary<string, ConsentState> { ["newsletter"] = ConsentState.Withdrawn }));
    }

    [Test]
    public async Task A_no_to_everything_is_one_also_to_what_was_agreed_to_since()
    {
        var pages = await SomePages.NewAsync();
        var path = await pages.UnsubscribeAsync();
        await SomePages.SendAsync(path, ("do", "unsubscribe"));
        await pages.Acme.CreateAsync<JsonElement>($"/v1/customers/{pages.Ana.Id}/consents", new { purpose = "marketing", channel = "email", topic = "newsletter", state = "granted" });

        await SomePages.SendAsync(path, ("do", "unsubscribe"));

        Assert.That((await pages.StatesAsync()).Values, Is.All.EqualTo(ConsentState.Withdrawn));
    }

    [Test]
    public async Task Where_the_topic_is_gone_the_no_is_to_all_of_its_purpose()
    {
        var pages = await SomePages.NewAsync();

        await SomePages.SendAsync(await pages.UnsubscribeAsync("long_gone"), ("do", "unsubscribe"));

        Assert.That((await pages.StatesAsync())["all"], Is.EqualTo(ConsentState.Withdrawn));
    }
}
