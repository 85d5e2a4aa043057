using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Links;
using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Tests.Links;

public class CustomerLinkTests
{
    private static readonly Id<Customer> ana = Id<Customer>.New();

    [Test]
    public async Task A_link_says_what_it_was_made_of_and_whose_it_is()
    {
        var acme = await TestTenant.NewAsync();
        var url = await MakeAsync(acme, links => links.UnsubscribeUrl(ana, MessageChannel.Sms, MessagePurpose.Service, "offers"));

        var (link, tenantId) = Read(TokenOf(url), CustomerLinkKind.Unsubscribe);

        Assert.That(url, Does.StartWith("http://localhost:5080/unsubscribe/").And.Length.LessThan(130));
        Assert.That(link, Is.EqualTo(new CustomerLink { Kind = CustomerLinkKind.Unsubscribe, CustomerId = ana, Channel = MessageChannel.Sms, Purpose = MessagePurpose.Service, Topic = "offers" }));
        Assert.That(tenantId, Is.EqualTo(acme.Id));
    }

    [Test]
    public async Task Not_one_character_of_it_can_be_another()
    {
        var acme = await TestTenant.NewAsync();
        var token = TokenOf(await MakeAsync(acme, links => links.PreferencesUrl(ana)));

        for (var i = 0; i < token.Length; i++)
            foreach (var c in "Aa0_")
                if (token[i] != c) Assert.That(Read($"{token[..i]}{c}{token[(i + 1)..]}", CustomerLinkKind.Preferences), Is.EqualTo(((CustomerLink?)null, (int?)null)), $"{i} {c}");
    }

    [TestCase("")]
    [TestCase("x")]
    [TestCase("../../etc/passwd")]
    [TestCase("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Nonsense_is_no_link(string token) => Assert.That(Read(token, CustomerLinkKind.Unsubscribe).Link, Is.Null);

    [Test]
    public async Task A_link_is_for_one_thing_alone()
    {
        var acme = await TestTenant.NewAsync();
        var token = TokenOf(await MakeAsync(acme, links => links.UnsubscribeUrl(ana, MessageChannel.Email, MessagePurpose.Marketing, null)));

        Assert.That(Read(token, CustomerLinkKind.Preferences).Link, Is.Null);
        Assert.That(Read(token, CustomerLinkKind.OptIn).Link, Is.Null);
    }

    [Test]
    public async Task Preferences_last_a_year_and_unsubscribing_for_ever()
    {
        var acme = await TestTenant.NewAsync();
        var (preferences, unsubscribe) = (TokenOf(await MakeAsync(acme, links => links.PreferencesUrl(ana))), TokenOf(await MakeAsync(acme, links => links.UnsubscribeUrl(ana, MessageChannel.Email, MessagePurpose.Marketing, null))));
        var later = new ManualClock();
        later.Advance(TimeSpan.FromDays(364));
        var before = Read(preferences, CustomerLinkKind.Preferences, later).Link;
        later.Advance(TimeSpan.FromDays(2));

        Assert.That((before is not null, Read(preferences, CustomerLinkKind.Preferences, later).Link), Is.EqualTo((true, (CustomerLink?)null)));
        later.Advance(TimeSpan.FromDays(20 * 365));
        Assert.That(Read(unsubscribe, CustomerLinkKind.Unsubscribe, later).Link, Is.Not.Null);
    }

    private static string TokenOf(string url) => url.Split('/')[^1];

    private static async Task<string> MakeAsync(TestTenant tenant, Func<CustomerLinks, string> make)
    {
        var url = "";
        await tenant.WithScopeAsync(services =>
        {
            url = make(services.GetRequiredService<CustomerLinks>());
            return Task.CompletedTask;
        });
        return url;
    }

    private static (CustomerLink? Link, int? TenantId) Read(string token, CustomerLinkKind kind, TimeProvider? clock = null)
    {
        using var scope = TestApi.Services.CreateScope();
        var links = new CustomerLinks(scope.ServiceProvider.GetRequiredService<SignedLinks>(), scope.ServiceProvider.GetRequiredService<IOptions<PublicOptions>>(), clock ?? TestApi.Clock);
        var link = links.Read(token, kind);
        var tenant = scope.ServiceProvider.GetRequiredService<CurrentTenant>();
        return (link, tenant.IsSet ? tenant.Id : null);
    }
}
