using CustomerCrm.Conversations.Quoting;

namespace CustomerCrm.Tests.Conversations;

/// <summary>What of an e-mail the customer wrote now, by the ways of many programs.</summary>
public class QuotedTextTests
{
    private const string Own = "It came today, thank you.\n\nAda";

    private static readonly TestCaseData[] Quotes =
    [
        Named("Gmail", "On Mon, Jan 14, 2030 at 9:00 AM Support <support@example.com> wrote:\n\n> Has it come?\n>\n> Grace\n"),
        Named("Gmail, wrapped", "On Mon, Jan 14, 2030 at 9:00 AM Support at Acme Outdoor <\nsupport@example.com> wrote:\n\n> Has it come?\n"),
        Named("Gmail, German", "Am Mo., 14. Jan. 2030 um 09:00 Uhr schrieb Support <support@example.com>:\n\n> Ist es da?\n"),
        Named("Gmail, French", "Le lun. 14 janv. 2030 à 09:00, Support <support@example.com> a écrit :\n\n> Est-il arrivé ?\n"),
        Named("Gmail, Spanish", "El lun, 14 ene 2030 a las 9:00, Support (<support@example.com>) escribió:\n\n> ¿Ha llegado?\n"),
        Named("Gmail, Italian", "Il giorno lun 14 gen 2030 alle ore 09:00 Support <support@example.com> ha scritto:\n\n> È arrivato?\n"),
        Named("Gmail, Portuguese", "Em seg., 14 de jan. de 2030 às 09:00, Support <support@example.com> escreveu:\n\n> Chegou?\n"),
        Named("Gmail, Dutch", "Op ma 14 jan 2030 om 09:00 schreef Support <support@example.com>:\n\n> Is het er?\n"),
        Named("Gmail, Serbian", "пон, 14. јан 2030. у 09:00 Support <support@example.com> је написао/ла:\n\n> Да ли је стигло?\n"),
        Named("Gmail, Polish", "pon., 14 sty 2030 o 09:00 Support <support@example.com> napisał(a):\n\n> Doszło?\n"),
        Named("Gmail, old", "2030-01-14 9:00 GMT+01:00 Support <support@example.com>:\n\n> Has it come?\n"),
        Named("Gmail without marks, as of HTML", "On Mon, Jan 14, 2030 at 9:00 AM Support <support@example.com> wrote:\nHas it come?\nGrace"),
        Named("Apple Mail", "> On 14 Jan 2030, at 09:00, Support <support@example.com> wrote:\n> \n> Has it come?\n"),
        Named("Apple Mail, German", "> Am 14.01.2030 um 09:00 schrieb Support <support@example.com>:\n> \n> Ist es da?\n"),
        Named("Apple Mail, French", "> Le 14 janv. 2030 à 09:00, Support <support@example.com> a écrit :\n> \n> Est-il arrivé ?\n"),
        Named("Thunderbird", "On 14.01.30 09:00, Support wrote:\n> Has it come?\n>> Earlier still.\n"),
        Named("Thunderbird, German", "Am 14.01.2030 um 09:00 schrieb Support:\n> Ist es da?\n"),
        Named("Outlook", "From: Support <support@example.com>\nSent: Monday, January 14, 2030 9:00 AM\nTo: Ada <ada@example.com>\nSubject: Your parcel\n\nHas it come?\n"),
        Named("Outlook with a rule", "________________________________\nFrom: Support <support@example.com>\nSent: Monday, January 14, 2030 9:00 AM\nTo: Ada\nSubject: Your parcel\n\nHas it come?\n"),
        Named("Outlook, bold", "*From:* Support <support@example.com>\n*Sent:* Monday, January 14, 2030 9:00 AM\n*To:* Ada\n*Subject:* Your parcel\n\nHas it come?\n"),
        Named("Outlook, German", "Von: Support <support@example.com>\nGesendet: Montag, 14. Januar 2030 09:00\nAn: Ada\nBetreff: Ihr Paket\n\nIst es da?\n"),
        Named("Outlook, French", "De : Support <support@example.com>\nEnvoyé : lundi 14 janvier 2030 09:00\nÀ : Ada\nObjet : Votre colis\n\nEst-il arrivé ?\n"),
        Named("Outlook 2003", "-----Original Message-----\nFrom: Support [mailto:support@example.com]\nSent: Monday, January 14, 2030 9:00 AM\nTo: Ada\nSubject: Your parcel\n\nHas it come?\n"),
        Named("Outlook 2003, German", "-----Ursprüngliche Nachricht-----\nVon: Support\nGesendet: 14.01.2030 09:00\nAn: Ada\nBetreff: Ihr Paket\n\nIst es da?\n"),
        Named("Outlook 2003, French", "-----Message d'origine-----\nDe : Support\nEnvoyé : 14/01/2030\nÀ : Ada\nObjet : Votre colis\n\nEst-il arrivé ?\n"),
        Named("Yahoo", "----- Original Message -----\n\nHas it come?\n"),
        Named("Proton", "------- Original Message -------\nOn Monday, January 14th, 2030 at 9:00 AM, Support <support@example.com> wrote:\n\n> Has it come?\n"),
        Named("GMX", "Gesendet: Montag, 14. Januar 2030 um 09:00 Uhr\nVon: Support <support@example.com>\nAn: Ada\nBetreff: Ihr Paket\n\nIst es da?\n", isFound: false),
        Named("bare marks", "> Has it come?\n> Grace\n"),
    ];

    [TestCaseSource(nameof(Quotes))]
    public void What_is_written_above_a_quote_is_the_customers(string quote, bool isFound)
    {
        foreach (var text in new[] { $"{Own}\n\n{quote}", $"{Own}\n\n{quote}".Replace("\n", "\r\n", StringComparison.Ordinal) })
        {
            var (body, quoted) = QuotedText.Split(text);

            Assert.That(body.ReplaceLineEndings("\n").TrimEnd(), Is.EqualTo(isFound ? Own : text.ReplaceLineEndings("\n").TrimEnd()));
            Assert.That(body + quoted, Is.EqualTo(text));
        }
    }

    [TestCaseSource(nameof(Quotes))]
    public void What_is_written_under_a_quote_is_the_customers_too_and_never_nothing(string quote, bool isFound)
    {
        var text = $"{quote}\n{Own}";

        var (body, quoted) = QuotedText.Split(text);

        Assert.That(body, Does.EndWith(Own));
        Assert.That(body.Length + (quoted?.Length ?? 0), Is.EqualTo(text.Length));
        if (quote.Contains("\n>", StringComparison.Ordinal) || quote.StartsWith('>')) Assert.That(body.TrimStart(), Is.EqualTo(Own), "where quotes have marks, they are told from what is under them");
    }

    [TestCase("Thank you.\n-- \nAda Lovelace\n+43 1 234", "Thank you.")]
    [TestCase("Thank you.\n--\nAda Lovelace", "Thank you.")]
    [TestCase("Thank you.\n\nSent from my iPhone", "Thank you.")]
    [TestCase("Danke.\n\nVon meinem iPhone gesendet\n\nAm 14.01.2030 um 09:00 schrieb Support <support@example.com>:\n\n> Ist es da?", "Danke.")]
    [TestCase("Merci.\n\nEnvoyé de mon iPhone", "Merci.")]
    [TestCase("Thank you.\n-- \nAda\n\nOn 14.01.30 09:00, Support wrote:\n> Has it come?\n> -- \n> Grace", "Thank you.")]
    [TestCase("> Has it come?\n\nYes.\n-- \nAda", "Yes.")]
    public void A_signature_is_not_shown(string text, string body)
    {
        Assert.That(QuotedText.Split(text).Body.Trim(), Is.EqualTo(body));
        Assert.That(Whole(text), Is.EqualTo(text));
    }

    [TestCase("")]
    [TestCase("\n\n")]
    [TestCase("-- \nAda")]
    [TestCase("Sent from my iPhone")]
    [TestCase("> Has it come?")]
    [TestCase("On Mon, Jan 14, 2030 at 9:00 AM Support <support@example.com> wrote:\n> Has it come?")]
    [TestCase("> Has it come?\n\nYes.\n\n> Is it whole?\n\nNo.", Description = "answers between quotes")]
    [TestCase("When your colleague wrote: call us, I did.")]
    [TestCase("My two questions of 14.01. were:\n- where is it?\n- when will it come?")]
    [TestCase("Your colleague of room 2 wrote:\n\nPlease call us.")]
    [TestCase("From: Vienna\nTo: Graz\nHow much is it?")]
    [TestCase("Item -- as seen -- is broken.\n----\nPlease help.")]
    [TestCase("The box says:\n--\nHandle with care\n--\nand it was not.\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\nSee?")]
    public void Where_nothing_would_be_left_or_nobody_can_tell_all_of_it_is_shown(string text) =>
        Assert.That(QuotedText.Split(text), Is.EqualTo((text, (string?)null)));

    [TestCase("Fwd: Your parcel")]
    [TestCase("WG: Ihr Paket")]
    [TestCase("TR: Votre colis")]
    public void What_is_passed_on_is_what_the_customer_wants_to_have_read(string subject) =>
        Assert.That(QuotedText.Split("See below.\n\nFrom: Shop\nSent: Monday\nTo: Ada\nSubject: x\n\nNo.", subject).Quoted, Is.Null);

    [Test]
    public void Whatever_is_written_nothing_is_lost_and_something_is_left()
    {
        string[] pieces =
        [
            "Hello.", "> quoted", ">> deeper", "", " ", "-- ", "--", "On Mon, Jan 14, 2030 at 9:00 AM S <s@example.com> wrote:", "wrote:", "From: S", "Sent: Monday", "To: Ada", "Subject: x",
            "-----Original Message-----", "________________________________", "Sent from my iPhone", "Am 14.01.2030 schrieb S:", "a écrit :", ":", ">", "😀 <b>", "\u2028", "\r",
        ];
        var random = new Random(14);
        for (var run = 0; run < 20_000; run++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => pieces[random.Next(pieces.Length)] + (random.Next(9) == 0 ? "" : random.Next(3) == 0 ? "\r\n" : "\n")));

            var (parts, (body, quoted)) = (QuotedText.Of(text), QuotedText.Split(text));

            Assert.That(string.Concat(parts.Select(part => part.Text)), Is.EqualTo(text));
            Assert.That(body.Length + (quoted?.Length ?? 0), Is.EqualTo(text.Length));
            Assert.That(string.IsNullOrWhiteSpace(body), Is.EqualTo(string.IsNullOrWhiteSpace(text)), text);
            Assert.That(parts.Zip(parts.Skip(1)).All(pair => pair.First.IsQuoted != pair.Second.IsQuoted));
        }
    }

    [Test]
    public void A_long_mail_takes_no_time()
    {
        var text = string.Concat(Enumerable.Repeat("On 1 <a@example.com> From: x\n", 3400));
        var clock = System.Diagnostics.Stopwatch.StartNew();

        Assert.That(Whole(text), Is.EqualTo(text));

        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(2)));
    }

    [Test]
    public async Task An_entry_says_what_was_written_now_and_keeps_the_whole()
    {
        var bench = await ProviderCallbacks.CallbackBench.SendGridAsync();
        const string Text = "It came today.\n\nOn Mon, Jan 14, 2030 at 9:00 AM Support <support@example.com> wrote:\n\n> Has it come?";
        await SomeConversations.MailAsync(bench, ThreadingTests.Address(), Text.Replace("\n", "\r\n", StringComparison.Ordinal), "quoted@mail.example");
        var conversation = (await SomeConversations.ConversationsAsync(bench.Tenant)).Single();
        var entry = (await SomeConversations.EntriesAsync(bench.Tenant, conversation.Text("id")!)).Single();

        Assert.That((entry.Text("body"), conversation.Text("preview")), Is.EqualTo(("It came today.\n", "It came today.")));
        Assert.That(entry.Text("body") + entry.Text("quoted"), Is.EqualTo(entry.Text("text")));
        Assert.That(entry.Text("text")!.ReplaceLineEndings("\n"), Is.EqualTo(Text));
        var plain = await SomeConversations.SaidAsync(bench.Tenant, new { customer = new { email = ThreadingTests.Address() }, channel = "chat", text = Text });
        Assert.That((plain.Text("body"), plain.Text("quoted")), Is.EqualTo(((string?)null, (string?)null)), "only mail is quoted so");
    }

    private static string Whole(string text) => string.Concat(QuotedText.Of(text).Select(part => part.Text));

    private static TestCaseData Named(string name, string quote, bool isFound = true) => new TestCaseData(quote, isFound).SetArgDisplayNames(name);
}
