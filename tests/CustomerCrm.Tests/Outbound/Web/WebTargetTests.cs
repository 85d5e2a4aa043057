using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Outbound.Web;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Tests.Outbound.Web;

public class WebTargetTests
{
    [TestCase("https://example.com/hooks")]
    [TestCase("https://example.com:443/")]
    [TestCase("https://example.com:8443/?a=b")]
    [TestCase("https://example.com./hooks")]
    [TestCase("https://100.63.255.254/")]
    [TestCase("https://[2001:4860:4860::8888]/")]
    [TestCase("https://bücher.example/")]
    [TestCase("https://example.com/@user")]
    [TestCase("https://example.com?to=ada@example.com")]
    [TestCase("https://localhost.example.com/")]
    public void A_public_URL_is_taken(string url) => Assert.That(RefusalOf(url), Is.Null);

    [TestCase("", ExpectedResult = "url_invalid")]
    [TestCase("example.com/hooks", ExpectedResult = "url_invalid")]
    [TestCase("https://", ExpectedResult = "url_invalid")]
    [TestCase("https://exa mple.com/", ExpectedResult = "url_invalid")]
    [TestCase("https://example.com\\@127.0.0.1/", ExpectedResult = "url_invalid")]
    [TestCase("https://example.com/\r\nHost: x", ExpectedResult = "url_invalid")]
    [TestCase("http://example.com/", ExpectedResult = "https_required")]
    [TestCase("//127.0.0.1/", ExpectedResult = "https_required")]
    [TestCase("/etc/passwd", ExpectedResult = "https_required")]
    [TestCase("file:///etc/passwd", ExpectedResult = "https_required")]
    [TestCase("gopher://example.com/", ExpectedResult = "https_required")]
    [TestCase("https://user:secret@example.com/", ExpectedResult = "user_info_not_allowed")]
    [TestCase("https://@example.com/", ExpectedResult = "user_info_not_allowed")]
    [TestCase("https://example.com@127.0.0.1/", ExpectedResult = "user_info_not_allowed")]
    [TestCase("https://127.0.0.1%2f@example.com/", ExpectedResult = "user_info_not_allowed")]
    [TestCase("https://example.com:80/", ExpectedResult = "port_not_allowed")]
    [TestCase("https://example.com:22/", ExpectedResult = "port_not_allowed")]
    [TestCase("https://example.com:0/", ExpectedResult = "port_not_allowed")]
    [TestCase("https://crm.example.org/v1/customers", ExpectedResult = "own_host")]
    [TestCase("https://CRM.example.org./", ExpectedResult = "own_host")]
    [TestCase("https://localhost/", ExpectedResult = "internal_address")]
    [TestCase("https://LOCALHOST/", ExpectedResult = "internal_address")]
    [TestCase("https://localhost./", ExpectedResult = "internal_address")]
    [TestCase("https://api.localhost/", ExpectedResult = "internal_address")]
    [TestCase("https://metadata.google.internal/", ExpectedResult = "internal_address")]
    [TestCase("https://printer.local/", ExpectedResult = "internal_address")]
    [TestCase("https://intranet/", ExpectedResult = "internal_address")]
    [TestCase("https://127.0.0.1/", ExpectedResult = "internal_address")]
    [TestCase("https://127.0.0.1./", ExpectedResult = "internal_address")]
    [TestCase("https://127.1/", ExpectedResult = "internal_address")]
    [TestCase("https://2130706433/", ExpectedResult = "internal_address")]
    [TestCase("https://0x7f000001/", ExpectedResult = "internal_address")]
    [TestCase("https://0x7f.1/", ExpectedResult = "internal_address")]
    [TestCase("https://017700000001/", ExpectedResult = "internal_address")]
    [TestCase("https://0177.0.0.1/", ExpectedResult = "internal_address")]
    [TestCase("https://0251.0376.0251.0376/", ExpectedResult = "internal_address")]
    [TestCase("https://2852039166/", ExpectedResult = "internal_address")]
    [TestCase("https://0/", ExpectedResult = "internal_address")]
    [TestCase("https://①②⑦.⓪.⓪.①/", ExpectedResult = "internal_address")]
    [TestCase("https://127。0。0。1/", ExpectedResult = "internal_address")]
    [TestCase("https://１２７.0.0.1/", ExpectedResult = "internal_address")]
    [TestCase("https://169.254.169.254/latest/meta-data", ExpectedResult = "internal_address")]
    [TestCase("https://[::1]/", ExpectedResult = "internal_address")]
    [TestCase("https://[::ffff:127.0.0.1]/", ExpectedResult = "internal_address")]
    [TestCase("https://[::ffff:7f00:1]/", ExpectedResult = "internal_address")]
    [TestCase("https://[64:ff9b::a9fe:a9fe]/", ExpectedResult = "internal_address")]
    [TestCase("https://[2002:7f00:1::]/", ExpectedResult = "internal_address")]
    [TestCase("https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/", ExpectedResult = "internal_address")]
    [TestCase("https://[fe80::1%25lo]/", ExpectedResult = "internal_address")]
    [TestCase("https://[fd00:ec2::254]/", ExpectedResult = "internal_address")]
    public string? Another_URL_is_refused_with_its_reason(string url) => RefusalOf(url);

    [TestCase("http://localhost:9000/hooks", ExpectedResult = null)]
    [TestCase("http://127.0.0.1:5141/", ExpectedResult = null)]
    [TestCase("https://[::1]:9443/", ExpectedResult = null)]
    [TestCase("ftp://localhost/", ExpectedResult = "https_required")]
    [TestCase("http://user@localhost:9000/", ExpectedResult = "user_info_not_allowed")]
    [TestCase("http://localhost:5080/v1/customers", ExpectedResult = "own_host")]
    [TestCase("http://127.0.0.1:5080/v1/customers", ExpectedResult = "own_host")]
    [TestCase("http://[::1]:5080/v1/customers", ExpectedResult = "own_host")]
    public string? With_the_switch_of_development_all_but_oneself_is_reached(string url) => RefusalOf(url, allowInternal: true, self: "http://localhost:5080");

    [TestCase("http://localhost:5140/v1", ExpectedResult = "own_host")]
    [TestCase("http://127.0.0.1:5140/v1", ExpectedResult = "own_host")]
    [TestCase("http://[::1]:5141/v1", ExpectedResult = "own_host")]
    [TestCase("http://localhost:5142/v1", ExpectedResult = null)]
    public string? Where_the_program_listens_is_oneself_too(string url)
    {
        var options = new OutboundOptions { AllowInternal = true, Listening = ["http://127.0.0.1:5140", "http://*:5141"] };
        return new WebTarget(Options.Create(options), Options.Create(new PublicOptions())).TryRead(url, out _, out var refusal) ? null : refusal;
    }

    private static string? RefusalOf(string url, bool allowInternal = false, string self = "https://crm.example.org")
    {
        var targets = new WebTarget(Options.Create(new OutboundOptions { AllowInternal = allowInternal }), Options.Create(new PublicOptions { BaseUrl = self }));
        return targets.TryRead(url, out _, out var refusal) ? null : refusal;
    }
}
