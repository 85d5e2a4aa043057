using System.Text;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Searching;

namespace CustomerCrm.Tests.Customers.Searching;

public class SearchTermsTests
{
    [TestCase("Čapek", "capek")]
    [TestCase("CAPEK", "capek")]
    [TestCase("Müller-Lüdenscheidt", "muller ludenscheidt")]
    [TestCase("Mu\u0308ller", "muller")] // the umlaut as a mark of its own
    [TestCase("O'Brien", "obrien")]
    [TestCase("Weiß & Søn", "weiss son")]
    [TestCase("Łukasz  Żółć", "lukasz zolc")]
    [TestCase("İstanbul IŞIK ılık", "istanbul isik ilik")]
    [TestCase("I\u0307zmir", "izmir")] // the dot as a mark of its own
    [TestCase("STRAẞE Straße", "strasse strasse")]
    [TestCase("Ægir Østergård Œuvre", "aegir ostergard oeuvre")]
    [TestCase("Đorđe Þór", "dorde thor")]
    [TestCase("Αθηνά", "αθηνα")]
    [TestCase("Алёна", "алена")]
    [TestCase("李 小龍", "李 小龍")]
    [TestCase("𠮷野 家", "𠮷野 家")]
    [TestCase("🎉Party🎉Time", "party time")]
    [TestCase("😀", "")]
    [TestCase(null, "")]
    public void A_name_is_folded_to_what_people_type(string? name, string key) => Assert.That(NameKey.Of(name), Is.EqualTo(key));

    [Test]
    public void Each_word_of_a_name_is_found_once() =>
        Assert.That(NameKey.Keys("Anna Maria anna").Select(Encoding.UTF8.GetString), Is.EqualTo(new[] { "anna", "maria" }));

    [Test]
    public void A_key_is_cut_between_characters()
    {
        Assert.That(NameKey.Of($"{new string('x', 199)}𠮷"), Is.EqualTo(new string('x', 199)));
        Assert.That(NameKey.Cut($"{new string('x', 39)}𠮷"), Is.EqualTo(new string('x', 39)));
    }

    // Keys are stored: what they are made of must not change under them.
    [Test]
    public void A_letter_of_the_first_plane_is_made_small_as_ever() =>
        Assert.That(Enumerable.Range(0, 0x10000).Where(Rune.IsValid).Where(code => Rune.ToLowerInvariant(new Rune(code)).Value != char.ToLowerInvariant((char)code) || Rune.IsLetterOrDigit(new Rune(code)) != char.IsLetterOrDigit((char)code)), Is.Empty);

    [TestCase("ana pet", "ana|pet", null, "")]
    [TestCase("ana", "ana", "ana", "")]
    [TestCase("Ana@Ex", "", "ana@ex", "")]
    [TestCase("+49 30 12", "", null, "+493012")]
    [TestCase("0049301", "", "0049301", "+49301")]
    [TestCase("030 123", "", null, "+030123|+4930123")]
    [TestCase("4930", "", "4930", "+4930|+494930")]
    [TestCase("12", "12", "12", "")]
    public void A_search_text_can_mean_words_an_address_or_a_number(string text, string words, string? email, string phones)
    {
        var terms = SearchTerms.Of(text, country: "DE");

        Assert.That(string.Join('|', terms.Words.Select(From)), Is.EqualTo(words));
        Assert.That(terms.Email is null ? null : From(terms.Email), Is.EqualTo(email));
        Assert.That(string.Join('|', terms.Phones.Select(From)), Is.EqualTo(phones));
    }

    [TestCase("Ana P.", "Ana", "Petrova", "Ana P.")]
    [TestCase(null, "Ana", "Petrova", "Ana Petrova")]
    [TestCase(null, null, "Petrova", "Petrova")]
    [TestCase(" ", null, null, null)]
    public void A_name_is_what_was_given_or_made_of_its_parts(string? name, string? first, string? last, string? expected) =>
        Assert.That(CustomerName.Of(name, first, last), Is.EqualTo(expected));

    [Test]
    public void A_made_name_follows_its_parts_and_a_given_one_stays()
    {
        Assert.That(CustomerName.AfterPartsChanged("Ana Petrova", "Ana", "Petrova", "Ana", "Simić"), Is.EqualTo("Ana Simić"));
        Assert.That(CustomerName.AfterPartsChanged("Madame Ana", "Ana", "Petrova", "Ana", "Simić"), Is.EqualTo("Madame Ana"));
    }

    private static string From(KeyRange range) => Encoding.UTF8.GetString(range.From);
}
