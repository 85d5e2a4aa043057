using System.Net;
using System.Text.Json;

namespace CustomerCrm.Tests.Imports;

public class ProgressTicketTests
{
    [Test]
    public async Task To_ask_whether_a_ticket_opens_does_not_spend_it()
    {
        var acme = await TestTenant.NewAsync();
        var id = await SomeFiles.ImportedAsync(acme, "email\nana@example.com\n");
        var url = new Uri((await TestTenant.ReadAsync<JsonElement>(await acme.Http.PostAsync($"/v1/imports/{id}/progress_ticket", null))).Text("url")).PathAndQuery;

        var (asked, opened, again) = (await AskAsync(HttpMethod.Head), await AskAsync(HttpMethod.Get), await AskAsync(HttpMethod.Head));

        Assert.That((asked, opened, again), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Unauthorized)));

        async Task<HttpStatusCode> AskAsync(HttpMethod method) => (await TestApi.NewClient().SendAsync(new HttpRequestMessage(method, url))).StatusCode;
    }
}
