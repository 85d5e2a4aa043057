using System.Text;
using CustomerCrm.Search;
using CustomerCrm.Search.Asking;

namespace CustomerCrm.Tests.Search;

public class SpellingTests
{
    [TestCase("lovelace", "lovelace", 0)]
    [TestCase("lovelace", "lovelase", 1)]
    [TestCase("lovelace", "lovelcae", 1)]
    [TestCase("lovelace", "lovlace", 1)]
    [TestCase("lovelace", "loveelace", 1)]
    [TestCase("lovelace", "loevlcae", 2)]
    public void A_slip_counts_once_and_so_do_two_letters_swapped(string one, string other, int distance)
    {
        Assert.That(Spelling.Distance(one, other), Is.EqualTo(distance));
        Assert.That(Spelling.Distance(other, one), Is.EqualTo(distance));
    }

    [Test]
    public void A_short_word_was_mistyped_once_a_long_one_perhaps_twice()
    {
        Assert.That(Spelling.Meant("smih", ["smith", "smythe", "small"]), Is.EqualTo(new[] { "smith" }));
        Assert.That(Spelling.Meant("petrowwa", ["petrova", "petrov"]), Is.EqualTo(new[] { "petrova" }));
    }

    [Test]
    public void A_word_that_holds_the_typed_one_was_meant_and_one_that_begins_with_it_is_found_anyway() =>
        Assert.That(Spelling.Meant("schiff", ["dampfschifffahrt", "schifffahrt"]), Is.EqualTo(new[] { "dampfschifffahrt" }));

    [TestCase("Crème brûlée", new[] { "creme", "brulee" })]
    [TestCase("Čapek, O'Brien-Smith", new[] { "capek", "obrien", "smith" })]
    [TestCase("北京市", new[] { "北京", "京市" })]
    [TestCase("東京 tower", new[] { "東京", "tower" })]
    [TestCase("𠮷野家", new[] { "𠮷野", "野家" })]
    [TestCase("𠮷", new[] { "𠮷" })]
    [TestCase("coffee🎉beans 🎉", new[] { "coffee", "beans" })]
    [TestCase("𞤀𞤣𞤤𞤢𞤥 𐐀", new[] { "𞤢𞤣𞤤𞤢𞤥", "𐐨" })]
    public void Words_are_folded_and_scripts_without_spaces_are_cut_into_pairs(string text, string[] words) =>
        Assert.That(SearchTokens.Of(text), Is.EqualTo(words));

    [TestCase("0664 123 45 67", "6641234567")]
    [TestCase("+43 (664) 123-4567", "436641234567")]
    [TestCase("0043 664 1234567", "436641234567")]
    [TestCase("12", null)]
    [TestCase("664 1234 x", null)]
    public void A_number_is_read_without_what_people_put_round_it(string typed, string? number) =>
        Assert.That(SearchTokens.NumberOf(typed), Is.EqualTo(number));

    [Test]
    public void Places_are_counted_in_the_text_as_it_was_written()
    {
        var highlight = Highlights.Of(new SearchText("body", "Où est ma Crème brûlée?"), [new SearchTerm(["creme"], IsBeginning: true), new SearchTerm(["brulee"], IsBeginning: true)])!;

        Assert.That(highlight.Matches.Select(m => highlight.Text.Substring(m.Start, m.Length)), Is.EqualTo(new[] { "Crème", "brûlée" }));
    }

    [Test]
    public void What_is_shown_of_a_text_begins_and_ends_with_whole_characters()
    {
        foreach (var shift in new[] { "", "x" })
        {
            var highlight = Highlights.Of(new SearchText("body", shift + string.Concat(Enumerable.Repeat("🎉", 200)) + " parcel " + string.Concat(Enumerable.Repeat("🎉", 200))), [new SearchTerm(["parcel"], IsBeginning: true)])!;

            Assert.That(highlight.Text.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar), Is.False);
            Assert.That(highlight.Text.Substring(highlight.Matches.Single().Start, highlight.Matches.Single().Length), Is.EqualTo("parcel"));
        }
    }

    [Test]
    public void Of_a_long_text_the_part_round_the_first_match_is_shown()
    {
        var text = string.Join(' ', Enumerable.Repeat("word", 400)) + " parcel " + string.Join(' ', Enumerable.Repeat("more", 400));

        var highlight = Highlights.Of(new SearchText("body", text), [new SearchTerm(["parcel"], IsBeginning: true)])!;

        Assert.That(highlight.Text, Has.Length.LessThanOrEqualTo(240));
        Assert.That(highlight.Text.Substring(highlight.Matches[0].Start, highlight.Matches[0].Length), Is.EqualTo("parcel"));
    }
}
