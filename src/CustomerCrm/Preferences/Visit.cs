using CustomerCrm.Customers.Contacting;
using CustomerCrm.Links;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Preferences.Pages;
using CustomerCrm.Suppressions;
using CustomerCrm.Tenant;

namespace CustomerCrm.Preferences;

/// <summary>Somebody came by a signed link: whose it is, and the page in their language and their tenant's colour.</summary>
internal sealed record Visit
{
    public required CustomerLink Link { get; init; }
    public required PageTexts Texts { get; init; }
    public required string Tenant { get; init; }
    public required BrandColor Color { get; init; }
    public required string? Email { get; init; }
    public required string? Phone { get; init; }

    /// <summary>The network address it came from, and the page without its token: for the proof.</summary>
    public required string Ip { get; init; }

    public required string Url { get; init; }

    public Page Page(string title, Html body) => Pages.Page.Of(Texts, title, Tenant, Color, body);

    public string NameOf(MessageChannel channel) => channel == MessageChannel.Email ? Texts.Email : Texts.Sms;

    /// <summary>On what channels the customer can be written to; all, where no address is known.</summary>
    public IReadOnlyList<MessageChannel> Channels => (Email, Phone) switch
    {
        (not null, null) => [MessageChannel.Email],
        (null, not null) => [MessageChannel.Sms],
        _ => [MessageChannel.Email, MessageChannel.Sms],
    };

    /// <summary>Whom the page is for, without telling a stranger the address.</summary>
    public string? MaskedName => (Email, Phone) switch
    {
        ({ } email, _) => MaskedAddress.Of(MessageChannel.Email, email),
        (_, { } phone) => MaskedAddress.Of(MessageChannel.Sms, phone),
        _ => null,
    };
}

/// <summary>Lets visitors in.</summary>
internal sealed class Visits(CustomerLinks links, TenantDb db, CurrentSettings settings, Caller caller)
{
    /// <returns>Null: the link opens nothing, for whatever reason, or its customer is gone.</returns>
    public async Task<Visit?> OpenAsync(HttpContext http, CustomerLinkKind kind, CancellationToken ct)
    {
        if (MaskedPaths.TokenOf(http) is not { } token || links.Read(token, kind) is not { } link) return null;
        if (await db.FindAsync<Visitor>(ById, new { link.CustomerId }, ct) is not { } visitor) return null;
        var tenant = await settings.GetAsync(ct);
        caller.ActAs(new Actor(ActorKind.Customer, link.CustomerId.ToString(), "customer"));
        return new Visit
        {
            Link = link,
            Texts = PageLanguages.Of([visitor.Language, .. WrittenLanguage.Accepted(http.Request.Headers.AcceptLanguage), tenant.Locale]),
            Tenant = tenant.Name,
            Color = BrandColor.Of(tenant.BrandColor),
            Email = visitor.Email,
            Phone = visitor.Phone,
            Ip = http.Connection.RemoteIpAddress?.ToString() ?? "",
            Url = http.Request.Path.Value!,
        };
    }

    private sealed record Visitor
    {
        public string? Language { get; init; }
        public string? Email { get; init; }
        public string? Phone { get; init; }
    }

    private static readonly TenantSql ById = TenantSql.Of("SELECT c.Language, c.Email, c.Phone FROM Customers c WHERE c.TenantId = @TenantId AND c.Id = @CustomerId");
}
