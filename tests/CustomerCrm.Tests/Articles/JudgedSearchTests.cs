using System.Net.Http.Json;
using CustomerCrm.Articles;

namespace CustomerCrm.Tests.Articles;

/// <summary>
/// The search, measured: a small shop's articles and what people type, each judged by hand as answered by one article (2) and perhaps touched by others (1).
/// The figures below are floors; what is reached stands in the output.
/// </summary>
[FixtureLifeCycle(LifeCycle.SingleInstance), NonParallelizable]
public class JudgedSearchTests
{
    private static readonly (string Key, string Locale, string Title, string Body, string[] Keywords)[] articles =
    [
        ("return", "en", "How do I send something back?", "You have 30 days. Ask for a return label in your account, pack the goods and bring the parcel to any post office. Once it has arrived we refund the price within a week.", ["rma", "return"]),
        ("refund", "en", "When do I get my money back?", "We refund by the way you paid, within seven days of the goods reaching our warehouse. Credit cards take up to two statements.", []),
        ("track", "en", "Where is my parcel?", "The confirmation of shipment has a tracking number. Open it in the carrier's page. Deliveries take two to four working days.", ["tracking"]),
        ("cost", "en", "Shipping costs", "Within the country 4.90, free from 50. Abroad it depends on weight and zone; the checkout shows it before you pay.", ["postage", "fee"]),
        ("abroad", "en", "Do you deliver to other countries?", "We ship to all of the European Union, to Norway and to Switzerland. Customs duties outside the Union are the buyer's.", ["international"]),
        ("cancel", "en", "Cancelling an order", "Until it is packed you can cancel in your account. Later, refuse the parcel or send it back.", []),
        ("address", "en", "Changing the delivery address", "As long as the order is open, change the address in your account under Orders.", []),
        ("password", "en", "I forgot my password", "Click on the link below the sign-in form. The letter with the link is valid for an hour; look into the spam folder, too.", ["login", "sign in"]),
        ("delete", "en", "Deleting my account", "Write to us and we delete your data within thirty days, except for invoices, which the law makes us keep.", ["gdpr", "privacy"]),
        ("invoice", "en", "Where do I find my invoice?", "Invoices are sent by e-mail with the shipment and stand in your account for ten years. We can put a VAT number on it.", ["receipt", "bill"]),
        ("voucher", "en", "Redeeming a voucher", "Enter the code in the basket. A voucher cannot be combined with other discounts and is valid for three years.", ["coupon", "gift card"]),
        ("payment", "en", "Which payment methods are there?", "Credit card, PayPal, bank transfer and invoice for businesses. A declined card: check the limit with your bank.", []),
        ("damaged", "en", "My parcel arrived damaged", "Take a photo of the box and the goods and send both within two days. We send a replacement at once.", ["broken"]),
        ("warranty", "en", "Warranty and repairs", "Machines have a two-year warranty. Describe the fault and we send a label for the repair shop.", ["guarantee"]),
        ("descale", "en", "Descaling the espresso machine", "Every three months: fill the tank with descaler and water, run the programme, then rinse twice.", ["limescale"]),
        ("grind", "en", "How fine should I grind coffee?", "Fine as sugar for espresso, like sea salt for a French press, in between for filters.", []),
        ("store", "en", "Storing coffee beans", "Keep them dry and dark in a closed bag, not in the fridge. Best within six weeks of roasting.", ["freshness"]),
        ("subscription", "en", "Pausing or ending a coffee subscription", "In your account, under Subscriptions, up to two days before the next shipment.", []),
        ("rueck", "de", "Wie sende ich etwas zurück?", "Sie haben 30 Tage. Drucken Sie das Rücksendeetikett in Ihrem Konto aus und bringen Sie das Paket zur Post. Rücksendungen sind kostenlos.", []),
        ("rechnung", "de", "Wo finde ich meine Rechnung?", "Rechnungen kommen per E-Mail mit der Versandbestätigung und stehen im Kundenkonto.", []),
        ("liefer", "de", "Wie lange dauert die Lieferung?", "Zwei bis vier Werktage innerhalb Österreichs. Die Sendungsnummer steht in der Versandbestätigung.", []),
        ("retour", "fr", "Comment renvoyer un article ?", "Vous avez 30 jours. Imprimez l'étiquette de retour dans votre compte et déposez le colis à la poste. Les remboursements prennent une semaine.", []),
        ("povrat", "sr", "Kako da vratim proizvod?", "Imate 30 dana. Odštampajte nalepnicu za povraćaj na svom nalogu i predajte paket u pošti.", []),
    ];

    // What is typed, what answers it, and what comes near.
    private static readonly (string Query, string Locale, string Best, string[] Near)[] judged =
    [
        ("return", "en", "return", ["refund", "cancel"]), ("returning goods", "en", "return", ["refund"]), ("how can i send back my order", "en", "return", ["cancel"]), ("refund", "en", "refund", ["return"]),
        ("money back", "en", "refund", ["return"]), ("reimbursement", "en", "refund", ["return"]), ("where is my package", "en", "track", ["damaged"]), ("tracking number", "en", "track", []),
        ("trakcing", "en", "track", []), ("shipping fee", "en", "cost", []), ("postage to switzerland", "en", "abroad", ["cost"]), ("international delivery", "en", "abroad", ["track"]),
        ("cancel order", "en", "cancel", []), ("canceling", "en", "cancel", []), ("change address", "en", "address", []), ("cant log in", "en", "password", []), ("forgot pasword", "en", "password", []),
        ("reset password", "en", "password", []), ("delete account", "en", "delete", []), ("gdpr", "en", "delete", []), ("invoices", "en", "invoice", []), ("receipt", "en", "invoice", []), ("vat", "en", "invoice", []),
        ("discount code", "en", "voucher", []), ("gift card", "en", "voucher", []), ("paypal", "en", "payment", []), ("credit card declined", "en", "payment", ["refund"]), ("broken parcel", "en", "damaged", []),
        ("machine broken guarantee", "en", "warranty", ["damaged", "descale"]), ("descale", "en", "descale", []), ("limescale espresso", "en", "descale", ["grind"]), ("espreso machine cleaning", "en", "descale", []),
        ("grinding", "en", "grind", []), ("keep beans fresh", "en", "store", []), ("pause subscription", "en", "subscription", []), ("stop my subscribtion", "en", "subscription", []),
        ("rücksendung", "de", "rueck", []), ("rucksendungen", "de", "rueck", []), ("Rechnungen", "de", "rechnung", []), ("lieferzeit", "de", "liefer", []), ("sendungsnummer", "de", "liefer", []),
        ("remboursement", "fr", "retour", []), ("renvoyer", "fr", "retour", []), ("povraćaj", "sr", "povrat", []), ("vratiti proizvode", "sr", "povrat", []),
    ];

    // What no article is about: nothing should be found, so that the gap is seen.
    private static readonly string[] unanswered = ["gift wrapping", "opening hours", "job application", "student rebate", "zebra"];

    private readonly Dictionary<string, string> titles = [];
    private TestTenant acme = null!;

    [OneTimeSetUp]
    public async Task WriteAsync()
    {
        acme = await TestTenant.NewAsync();
        var synonyms = new[] { new[] { "refund", "money back", "reimbursement" }, ["parcel", "package", "shipment"], ["discount code", "voucher", "coupon"], ["log in", "sign in", "password"] };
        await TestTenant.ReadAsync<ArticleSettings>(await acme.Http.PatchAsJsonAsync("/v1/articles/settings", new { synonyms }));
        foreach (var (key, locale, title, body, keywords) in articles)
        {
            titles[key] = title;
            await HelpTexts.PublishAsync(acme, title, body, locale, keywords: keywords);
        }
    }

    [Test]
    public async Task The_right_article_comes_first_for_nearly_all_that_people_type()
    {
        var (first, reciprocal, gain, lines) = (0, 0.0, 0.0, new List<string>());
        foreach (var (query, locale, best, near) in judged)
        {
            var found = await HelpTexts.TitlesAsync(acme, $"q={Uri.EscapeDataString(query)}&locale={locale}&limit=5");
            var place = Array.IndexOf(found, titles[best]);
            if (place == 0) first++;
            else lines.Add($"{query}: {(place < 0 ? "not found" : $"place {place + 1}")}, first is {found.FirstOrDefault() ?? "nothing"}");
            reciprocal += place < 0 ? 0 : 1.0 / (place + 1);
            gain += Discounted(found.Select(title => title == titles[best] ? 2 : near.Any(key => titles[key] == title) ? 1 : 0)) / Discounted([2, .. near.Select(_ => 1)]);
        }
        var (success, mrr, ndcg) = ((double)first / judged.Length, reciprocal / judged.Length, gain / judged.Length);
        TestContext.Out.WriteLine($"{judged.Length} queries: success@1 {success:0.000}, MRR {mrr:0.000}, nDCG@5 {ndcg:0.000}\n{string.Join('\n', lines)}");

        Assert.That(success, Is.GreaterThanOrEqualTo(0.9), string.Join('\n', lines));
        Assert.That(mrr, Is.GreaterThanOrEqualTo(0.93));
        Assert.That(ndcg, Is.GreaterThanOrEqualTo(0.9));
    }

    [TestCaseSource(nameof(unanswered))]
    public async Task What_no_article_is_about_is_not_found(string query) =>
        Assert.That(await HelpTexts.TitlesAsync(acme, $"q={Uri.EscapeDataString(query)}&locale=en"), Is.Empty);

    private static double Discounted(IEnumerable<int> gains) => gains.Take(5).Index().Sum(one => one.Item / Math.Log2(one.Index + 2));
}
