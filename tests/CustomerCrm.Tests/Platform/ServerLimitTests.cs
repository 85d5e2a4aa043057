using System.Net;
using System.Text;

namespace CustomerCrm.Tests.Platform;

/// <summary>What the server itself bounds, which only the program in a process of its own can show.</summary>
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
}
