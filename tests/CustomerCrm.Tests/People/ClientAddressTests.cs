using System.Net;
using CustomerCrm.Platform.Access;

namespace CustomerCrm.Tests.People;

public class ClientAddressTests
{
    [TestCase("192.0.2.1", "192.0.2.1")]
    [TestCase("::ffff:192.0.2.1", "192.0.2.1")]
    [TestCase("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [TestCase("2001:db8:1:2::9", "2001:db8:1:2::")]
    public void A_household_is_one_address(string address, string name) => Assert.That(ClientAddress.Of(IPAddress.Parse(address)), Is.EqualTo(name));
}
