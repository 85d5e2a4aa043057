using CustomerCrm.Analytics.Sentiment;

namespace CustomerCrm.Tests.Analytics.Sentiment;

public class SentimentReaderTests
{
    [TestCase("The coffee is excellent and it arrived quickly, thank you!", SentimentLabel.Positive, "en")]
    [TestCase("I am very disappointed, the cup was broken and nobody answers.", SentimentLabel.Negative, "en")]
    [TestCase("Where can I find my invoice for the order of last week?", SentimentLabel.Neutral, "en")]
    [TestCase("The beans are wonderful, the support was rude.", SentimentLabel.Mixed, "en")]
    [TestCase("The beans are wonderful, but your support was terrible and rude.", SentimentLabel.Negative, "en")]
    [TestCase("It is not good at all.", SentimentLabel.Negative, "en")]
    [TestCase("Der Kaffee schmeckt großartig, ich bin sehr zufrieden.", SentimentLabel.Positive, "de")]
    [TestCase("Die Tasse war kaputt und ich warte seit drei Wochen auf eine Antwort.", SentimentLabel.Negative, "de")]
    [TestCase("Das gefällt mir nicht.", SentimentLabel.Negative, "de")]
    [TestCase("Wann wird die Bestellung von gestern verschickt?", SentimentLabel.Neutral, "de")]
    [TestCase("Le café est délicieux, merci pour la livraison rapide.", SentimentLabel.Positive, "fr")]
    [TestCase("C'est une honte, la tasse est cassée et je n'ai pas de réponse.", SentimentLabel.Negative, "fr")]
    [TestCase("Je n'aime pas du tout ce café.", SentimentLabel.Negative, "fr")]
    public void Reads_what_a_person_would_read(string text, SentimentLabel label, string language)
    {
        var read = SentimentReader.Read(text);

        Assert.That((read.Label, read.Language), Is.EqualTo((label, language)), string.Join(", ", read.Evidence.Select(e => $"{e.Text} {e.Counted}")));
    }

    [TestCase("It is good.", "It is very good.")]
    [TestCase("It is slightly good.", "It is good.")]
    [TestCase("The tea is good.", "The tea is GOOD.")]
    [TestCase("It is good.", "It is good!")]
    [TestCase("That was nice.", "That was niiiice.")]
    [TestCase("This is not bad.", "This is good.")]
    public void What_stands_around_a_word_changes_what_it_counts(string less, string more) =>
        Assert.That(SentimentReader.Read(more).Score, Is.GreaterThan(SentimentReader.Read(less).Score));

    [Test]
    public void Says_which_words_and_why_they_count_as_they_do()
    {
        const string text = "Sorry, this is really not helpful.";

        var helpful = SentimentReader.Read(text).Evidence.Single(e => e.Text == "helpful");

        Assert.That((helpful.Start, helpful.Weight), Is.EqualTo((text.IndexOf("helpful", StringComparison.Ordinal), 2.0)));
        Assert.That(helpful.Counted, Is.LessThan(0));
        Assert.That(helpful.Effects, Is.EqualTo(new[] { "boosted", "negated" }));
    }

    [Test]
    public void A_negation_does_not_reach_beyond_its_clause() =>
        Assert.That(SentimentReader.Read("No, it is excellent.").Label, Is.EqualTo(SentimentLabel.Positive));

    [Test]
    public void A_phrase_counts_as_one() =>
        Assert.That(SentimentReader.Read("This was a waste of time.").Evidence.Select(e => e.Text), Is.EqualTo(new[] { "waste of time" }));

    [TestCase("😡😡", SentimentLabel.Negative)]
    [TestCase("👍🏽", SentimentLabel.Positive)]
    [TestCase(":-)", SentimentLabel.Positive)]
    public void Emoji_count_in_every_language(string text, SentimentLabel label) =>
        Assert.That(SentimentReader.Read(text).Label, Is.EqualTo(label));

    [TestCase("See https://example.com/a at 8:30")]
    [TestCase("")]
    [TestCase("     ")]
    [TestCase("\ud83d")]
    [TestCase("Zašto paket još nije stigao?")]
    public void What_says_nothing_is_neutral_and_proves_nothing(string text)
    {
        var read = SentimentReader.Read(text);

        Assert.That((read.Label, read.Score, read.Evidence.Count), Is.EqualTo((SentimentLabel.Neutral, 0.0, 0)));
    }

    [Test]
    public void An_unknown_language_is_said_to_be_unknown() =>
        Assert.That((SentimentReader.Read("Zašto paket još nije stigao?").Language, SentimentReader.Read("Zašto paket još nije stigao?").Confidence), Is.EqualTo(((string?)null, 0.0)));

    [Test]
    public void More_words_that_agree_make_more_certain()
    {
        var one = SentimentReader.Read("It is great.").Confidence;
        var three = SentimentReader.Read("It is great, wonderful, perfect.").Confidence;

        Assert.That(three, Is.GreaterThan(one));
        Assert.That(three, Is.LessThan(1));
    }

    [Test]
    public void No_word_of_a_language_is_written_down_twice() => // a second would not load
        Assert.That(Lexicon.All.Select(l => l.Language), Is.EqualTo(new[] { "en", "de", "fr" }));
}
