using CustomerCrm.Analytics.Words;

namespace CustomerCrm.Tests.Analytics.Words;

public class EnglishStemTests
{
    // The examples of the paper, step by step.
    [TestCase("caresses", "caress")]
    [TestCase("ponies", "poni")]
    [TestCase("cats", "cat")]
    [TestCase("feed", "feed")]
    [TestCase("agreed", "agre")]
    [TestCase("plastered", "plaster")]
    [TestCase("bled", "bled")]
    [TestCase("motoring", "motor")]
    [TestCase("sing", "sing")]
    [TestCase("conflated", "conflat")]
    [TestCase("hopping", "hop")]
    [TestCase("falling", "fall")]
    [TestCase("filing", "file")]
    [TestCase("happy", "happi")]
    [TestCase("sky", "sky")]
    [TestCase("relational", "relat")]
    [TestCase("conditional", "condit")]
    [TestCase("vietnamization", "vietnam")]
    [TestCase("hopefulness", "hope")]
    [TestCase("formalize", "formal")]
    [TestCase("electrical", "electr")]
    [TestCase("allowance", "allow")]
    [TestCase("adoption", "adopt")]
    [TestCase("adjustment", "adjust")]
    [TestCase("probate", "probat")]
    [TestCase("rate", "rate")]
    [TestCase("controll", "control")]
    [TestCase("roll", "roll")]
    public void A_word_loses_its_endings(string word, string stem) => Assert.That(EnglishStem.Of(word), Is.EqualTo(stem));

    [TestCase("refund,refunds,refunded,refunding")]
    [TestCase("delivery,deliveries")]
    [TestCase("cancel,cancels")]
    [TestCase("return,returns,returned,returning")]
    public void Forms_of_a_word_have_one_stem(string words) => Assert.That(words.Split(',').Select(EnglishStem.Of).Distinct().Count(), Is.EqualTo(1));

    [TestCase("")]
    [TestCase("s")]
    [TestCase("ing")]
    [TestCase("eed")]
    [TestCase("ies")]
    [TestCase("посылка")]
    [TestCase("x1")]
    [TestCase("yyyy")]
    [TestCase("eeee")]
    public void Whatever_is_a_word_has_a_stem(string word) => Assert.That(EnglishStem.Of(word), word.Length == 0 ? Is.Empty : Is.Not.Empty);

    [Test]
    public void Words_that_say_nothing_are_left_out_unless_there_is_nothing_else()
    {
        Assert.That(StopWords.Without(["where", "is", "my", "parcel"]), Is.EqualTo(new[] { "parcel" }));
        Assert.That(StopWords.Without(["who", "are", "you"]), Has.Count.EqualTo(3));
    }
}
