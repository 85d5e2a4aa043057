using CustomerCrm.Customers;
using CustomerCrm.Customers.Identities;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Tests.Customers.Identities;

public class IdentifierTests
{
    [Test]
    public void External_ids_differ_by_case_and_their_sources_do_not()
    {
        var upper = Identifier.External("Shop", " AB1 ").Value;

        Assert.That(upper, Is.EqualTo(Identifier.External("shop", "AB1").Value));
        Assert.That(upper, Is.Not.EqualTo(Identifier.External("shop", "ab1").Value));
    }

    [Test]
    public void A_handle_is_the_same_with_and_without_its_at() =>
        Assert.That(Identifier.Social("instagram", "@Ana.Shop").Value, Is.EqualTo(Identifier.Social("instagram", "ana.shop").Value));

    [TestCase(IdentityKind.External, null, "1", "source_invalid")]
    [TestCase(IdentityKind.External, "my shop", "1", "source_invalid")]
    [TestCase(IdentityKind.External, "shop", "  ", "external_id_invalid")]
    [TestCase(IdentityKind.Social, "instagram", "@ana shop", "handle_invalid")]
    [TestCase(IdentityKind.Email, "shop", "ana@example.com", "source_unexpected")]
    public void What_is_no_identity_is_refused_with_a_reason(IdentityKind kind, string? source, string value, string code) =>
        Assert.That(Identifier.Read(kind, source, value, null).Code, Is.EqualTo(code));

    [Test]
    public void The_same_identity_stated_twice_is_one_and_the_first_of_a_kind_is_primary()
    {
        var details = new AddCustomer.Request
        {
            Email = "ana@example.com",
            Identities =
            [
                new IdentityDetails { Kind = IdentityKind.Email, Value = "ANA@example.com", IsVerified = true },
                new IdentityDetails { Kind = IdentityKind.Email, Value = "ana@work.example" },
            ],
        };

        var (identities, errors) = IdentityList.Read(details, null, "");

        Assert.That(errors, Is.Empty);
        Assert.That(identities.Select(i => (i.Identifier.Key, i.IsVerified, i.IsPrimary)), Is.EqualTo(new[]
        {
            ("ana@example.com", true, true),
            ("ana@work.example", false, false),
        }));
    }

    [Test]
    public void All_that_is_wrong_is_said_at_once_and_where()
    {
        var details = new AddCustomer.Request
        {
            Country = new Change<string>("DE"),
            Email = "nobody",
            Phone = "12",
            ExternalIds = [new CustomerDetails.ExternalId { Source = "a b", Id = "1" }],
        };

        var (_, errors) = IdentityList.Read(details, "DE", "/customer");

        Assert.That(errors.Select(e => e.Pointer), Is.EqualTo(new[] { "/customer/email", "/customer/phone", "/customer/external_ids/0" }));
    }

    [Test]
    public void When_the_primary_one_goes_a_verified_one_follows_before_an_older_one()
    {
        var gone = Some(IdentityKind.Email, hours: 0, isVerified: true);
        var older = Some(IdentityKind.Email, hours: 1, isVerified: false);
        var verified = Some(IdentityKind.Email, hours: 2, isVerified: true);
        var phone = Some(IdentityKind.Phone, hours: 0, isVerified: true);

        Assert.That(PrimaryIdentity.After(gone, [gone, older, verified, phone]), Is.EqualTo(verified));
        Assert.That(PrimaryIdentity.After(gone, [gone, phone]), Is.Null);
    }

    private static Identity Some(IdentityKind kind, int hours, bool isVerified) => new()
    {
        Id = Id<Identity>.New(),
        CustomerId = Id<Customer>.New(),
        Kind = kind,
        Value = "x",
        IsVerified = isVerified,
        IsPrimary = false,
        Revision = 1,
        CreatedAt = TestApi.Clock.GetUtcNow().AddHours(hours),
        UpdatedAt = TestApi.Clock.GetUtcNow(),
    };
}
