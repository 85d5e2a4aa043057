using CustomerCrm.Articles.Finding;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Help.Pages;
using CustomerCrm.Links;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Preferences.Pages;
using CustomerCrm.Tenant;

namespace CustomerCrm.Help;

/// <summary>Somebody reads the help pages: whose, in which language, and as whom.</summary>
internal sealed record HelpVisit
{
    public required HelpCenter Center { get; init; }
    public required string Tenant { get; init; }
    public required BrandColor Color { get; init; }

    /// <summary>The language of the page: one that there are articles in, or the tenant's.</summary>
    public required string Locale { get; init; }

    public required IReadOnlyList<string> Locales { get; init; }
    public required HelpTexts Texts { get; init; }

    /// <summary>Whom a signed link has brought; null: anybody.</summary>
    public Id<Customer>? CustomerId { get; init; }

    public Readership Readers => new(CustomerId is null ? Readership.Everybody : Readership.Customers, Locale);

    public string Home => $"{HelpRoutes.Path}/{Center.Slug}/{Locale}";

    public string HomeIn(string locale) => $"{HelpRoutes.Path}/{Center.Slug}/{locale}";
}

/// <summary>Lets readers in.</summary>
internal sealed class HelpVisits(PublicNames names, HelpCenters centers, ArticleLocales locales, CurrentSettings settings, CustomerLinks links, TenantDb db, Caller caller)
{
    /// <summary>Holds the signed link of a customer, for the pages of one name alone.</summary>
    public const string Cookie = "help_customer";

    /// <returns>Null: there are no such pages.</returns>
    public async Task<HelpVisit?> OpenAsync(HttpContext http, string slug, string? locale, CancellationToken ct)
    {
        if (slug.Length > 60 || !await names.EnterAsync(EntryKind.HelpPages, slug, ct)) return null;
        if (await centers.GetAsync(ct) is not { Slug: { } own } center || own != slug) return null;
        var tenant = await settings.GetAsync(ct);
        IReadOnlyList<string> written = await locales.AllAsync(ct) is { Count: > 0 } some ? some : [LocaleTag.Of(tenant.Locale)];
        if (locale is not null && !written.Contains(locale)) return null;
        var spoken = locale ?? WrittenLanguage.Accepted(http.Request.Headers.AcceptLanguage).Append(tenant.Locale)
            .Where(ArticleLocales.IsTag).Select(tag => ArticleLocales.Nearest(tag, written)).FirstOrDefault(one => one is not null) ?? written[0];
        var customerId = await CustomerAsync(http, ct);
        caller.ActAs(new Actor(ActorKind.Customer, customerId?.ToString(), "visitor"));
        return new HelpVisit
        {
            Center = center, Tenant = tenant.Name, Color = BrandColor.Of(tenant.BrandColor), Locale = spoken, Locales = written, Texts = HelpLanguages.Of(spoken), CustomerId = customerId,
        };
    }

    private async Task<Id<Customer>?> CustomerAsync(HttpContext http, CancellationToken ct) =>
        http.Request.Cookies[Cookie] is { } token && links.Read(token, CustomerLinkKind.Help) is { } link
        && await db.FindAsync<int?>(There, new { link.CustomerId }, ct) is not null ? link.CustomerId : null;

    private static readonly TenantSql There = TenantSql.Of("SELECT 1 FROM Customers c WHERE c.TenantId = @TenantId AND c.Id = @CustomerId");
}
