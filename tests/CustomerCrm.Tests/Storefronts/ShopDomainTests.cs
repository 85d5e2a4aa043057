using CustomerCrm.Storefronts;

namespace CustomerCrm.Tests.Storefronts;

public class ShopDomainTests
{
    [TestCase("ada.myshopify.com", "Ada.myshopify.com", true)]
    [TestCase("ada.example", "https://www.ada.example/shop/", true)]
    [TestCase("https://ada.example/shop", "https://ada.example/", true)]
    [TestCase("ada.myshopify.com", "ada.myshopify.com.evil.example", false)]
    [TestCase("ada.example", "https://evil.example/?ada.example", false)]
    [TestCase("ada.example", "notada.example", false)]
    [TestCase("ada.example", "", false)]
    public void A_shop_tells_of_itself_by_its_domain_or_one_below_it(string domain, string from, bool isOf) =>
        Assert.That(ShopDomain.IsOf(domain, from), Is.EqualTo(isOf));
}
