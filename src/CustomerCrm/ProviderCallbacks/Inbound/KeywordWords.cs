using System.Globalization;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;
using CustomerCrm.Tenant;

namespace CustomerCrm.ProviderCallbacks.Inbound;

/// <summary>What STOP and HELP are answered, in the customer's language, else in the tenant's.</summary>
internal sealed class KeywordWords(TenantDb db, CurrentSettings settings)
{
    public Task<string> StoppedAsync(Id<Customer> customerId, CancellationToken ct) => WrittenAsync(customerId, text => text.Stopped, ct);

    public Task<string> HelpAsync(Id<Customer> customerId, CancellationToken ct) => WrittenAsync(customerId, text => text.Help, ct);

    private async Task<string> WrittenAsync(Id<Customer> customerId, Func<Text, string> which, CancellationToken ct)
    {
        var tenant = await settings.GetAsync(ct);
        var language = await db.FindAsync<string>(LanguageOf, new { CustomerId = customerId }, ct);
        return string.Format(CultureInfo.InvariantCulture, which(texts[WrittenLanguage.Of(texts.Keys, language, tenant.Locale)]), tenant.Name);
    }

    /// <summary>0: the tenant.</summary>
    private sealed record Text(string Stopped, string Help);

    private static readonly OrderedDictionary<string, Text> texts = new()
    {
        ["en"] = new("{0}: you will get no more messages. Reply START to get them again.", "{0}: messages about your orders and what you asked for. Reply STOP to get no more."),
        ["de"] = new("{0}: Sie bekommen keine Nachrichten mehr. Mit START antworten, um sie wieder zu bekommen.", "{0}: Nachrichten zu Ihren Bestellungen und zu dem, was Sie wollten. Keine mehr: mit STOP antworten."),
        ["fr"] = new("{0} : vous ne recevrez plus de messages. Répondez START pour en recevoir à nouveau.", "{0} : messages sur vos commandes et ce que vous avez demandé. Répondez STOP pour ne plus rien recevoir."),
        ["sr"] = new("{0}: nećete više dobijati poruke. Odgovorite START da ih ponovo dobijate.", "{0}: poruke o vašim porudžbinama i onome što ste tražili. Za odjavu odgovorite STOP."),
    };

    private static readonly TenantSql LanguageOf = TenantSql.Of("SELECT c.Language FROM Customers c WHERE c.TenantId = @TenantId AND c.Id = @CustomerId");
}
