using CustomerCrm.Imports.Command;

namespace CustomerCrm.Tests.Imports;

public class ApiAddressTests
{
    [TestCase("http://+:5611", "http://127.0.0.1:5611/")]
    [TestCase("http://*:80", "http://127.0.0.1/")]
    [TestCase("http://0.0.0.0:5611/", "http://127.0.0.1:5611/")]
    [TestCase("http://[::]:5611", "http://127.0.0.1:5611/")]
    [TestCase("http://[::1]:5611", "http://[::1]:5611/")]
    [TestCase("https://+:8443; http://+:8080", "http://127.0.0.1:8080/")]
    [TestCase("https://crm.example.com", "https://crm.example.com/")]
    [TestCase(null, "http://localhost:5000/")]
    [TestCase("", "http://localhost:5000/")]
    [TestCase("nowhere", null)]
    public void Who_listens_everywhere_is_asked_at_home(string? urls, string? api) => Assert.That(ApiAddress.Of(urls)?.ToString(), Is.EqualTo(api));
}
