using System.Net;
using System.Text;
using System.Text.Json;

namespace CustomerCrm.Tests.Platform;

/// <summary>What the server itself bounds and reads, which only the program in a process of its own can show.</summary>
public class ServerLimitTests
{
    private static readonly string file = Path.Combine(Path.GetTempPath(), $"crm-limits-{Guid.NewGuid():n}.db");
    private static RunningProgram program = null!;
    private static HttpClient http = null!;

    [OneTimeSetUp]
    public static async Task StartAsync()
    {
        program = await RunningProgram.StartAsync(file);
        http = program.Client();
    }

    [OneTimeTearDown]
    public static void Stop()
    {
        http.Dispose();
        program.Dispose();
        foreach (var left in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(file) + "*")) File.Delete(left);
    }

    [Test]
    public async Task A_body_has_a_mebibyte_at_most()
    {
        var under = await http.PostAsync("/v1/tenants", Body(1 << 20));
        var over = await Problem.OfAsync(await http.PostAsync("/v1/tenants", Body((1 << 20) + 1)));

        Assert.That(under.StatusCode, Is.EqualTo(HttpStatusCode.Created), await under.Content.ReadAsStringAsync());
        Assert.That((over.Status, over.Code), Is.EqualTo((HttpStatusCode.RequestEntityTooLarge, "body_too_large")));

        static StringContent Body(int bytes) => new("""{"name":"Acme"}""".PadRight(bytes), Encoding.UTF8, "application/json");
    }

    [Test]
    public async Task A_request_line_has_8_kibibytes_at_most()
    {
        Assert.That(await StatusAsync(8 << 10), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await StatusAsync((8 << 10) + 1), Is.EqualTo(HttpStatusCode.RequestUriTooLong));

        // The line is "GET /… HTTP/1.1" and its end.
        async Task<HttpStatusCode> StatusAsync(int bytes) => (await http.GetAsync("/" + new string('x', bytes - "GET / HTTP/1.1\r\n".Length))).StatusCode;
    }

    [Test]
    public async Task Headers_have_16_kibibytes_at_most()
    {
        Assert.That(await StatusAsync(15 << 10), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await StatusAsync(16 << 10), Is.EqualTo(HttpStatusCode.RequestHeaderFieldsTooLarge));

        async Task<HttpStatusCode> StatusAsync(int bytes)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
            request.Headers.Add("X-Long", new string('x', bytes));
            return (await http.SendAsync(request)).StatusCode;
        }
    }

    [Test]
    public async Task A_slash_in_an_id_of_another_system_is_the_same_in_a_path_and_in_a_body()
    {
        var tenant = await http.PostAsync("/v1/tenants", new StringContent("""{"name":"Slash"}""", Encoding.UTF8, "application/json"));
        using var acme = program.Client(JsonDocument.Parse(await tenant.Content.ReadAsStringAsync()).RootElement.GetProperty("live").GetProperty("key").GetString());
        await acme.PostAsync("/v1/customers", new StringContent("""{"name":"Ada","external_ids":[{"source":"shopify","id":"gid://shopify/Customer/1"}]}""", Encoding.UTF8, "application/json"));

        var upserted = await PutAsync("gid%3A%2F%2Fshopify%2fCustomer%2F1");
        var shown = await acme.GetAsync("/v1/customers/by-external-id/shopify/gid:%2F%2Fshopify%2FCustomer%2F1");
        var other = await PutAsync("gid%3A%252F%252Fshopify%252FCustomer%252F1");

        Assert.That((upserted.StatusCode, shown.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)));
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.Created), "an escaped percent sign is no slash");

        Task<HttpResponseMessage> PutAsync(string id) => acme.PutAsync($"/v1/customers/by-external-id/shopify/{id}", new StringContent("{}", Encoding.UTF8, "application/json"));
    }
}
