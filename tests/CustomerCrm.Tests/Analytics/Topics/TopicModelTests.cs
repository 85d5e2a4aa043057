using CustomerCrm.Analytics.Topics;

namespace CustomerCrm.Tests.Analytics.Topics;

public class TopicModelTests
{
    // Worked by hand: 3 texts of tea, 1 of cups; "leaf" stands in 2 of tea and none of cups, "broken" in 1 and 1.
    private static readonly LabelledText[] few =
    [
        Text("tea", "leaf green"), Text("tea", "leaf broken green"), Text("tea", "green"), Text("cups", "broken handle"), Text("cups", "handle broken"),
    ];

    [Test]
    public void Likelihoods_are_those_of_the_textbook()
    {
        var reading = TopicModel.Train(few).Read(TopicWords.Of("Leaf, broken!"));

        // The vocabulary is leaf, green, broken, handle; tea has 2 + 3 + 1 = 6 words, cups has 2 + 2 = 4.
        var (tea, cups) = (3.0 / 5 * (3.0 / 10) * (2.0 / 10), 2.0 / 5 * (1.0 / 8) * (3.0 / 8));
        Assert.That(reading.Topics[0].Topic, Is.EqualTo("tea"));
        Assert.That(reading.Topics[0].Likelihood, Is.EqualTo(tea / (tea + cups)).Within(1e-12));
        Assert.That(reading.Topics.Sum(t => t.Likelihood), Is.EqualTo(1).Within(1e-12));
    }

    [Test]
    public void The_words_shown_add_up_to_the_decision()
    {
        var reading = TopicModel.Train(few).Read(TopicWords.Of("leaf broken unheard"));

        var prior = Math.Log(3.0 / 2);
        Assert.That(reading.Words.Select(w => w.Word), Is.EquivalentTo(new[] { "leaf", "broken" }), "what it does not know says nothing");
        Assert.That(prior + reading.Words.Sum(w => w.Weight), Is.EqualTo(Math.Log(reading.Topics[0].Likelihood / reading.Topics[1].Likelihood)).Within(1e-12));
    }

    [Test]
    public void A_topic_is_told_by_the_words_that_the_others_lack()
    {
        Assert.That(TopicModel.Train(few).WordsOf("tea", 1).Single(), Has.Property("Word").EqualTo("green"));
        Assert.That(TopicModel.Train(few).WordsOf("cups", 5).Select(w => w.Word), Is.EqualTo(new[] { "handle", "broken" }));
    }

    [Test]
    public void The_order_of_the_texts_makes_no_difference_to_the_model()
    {
        var texts = Shop(60, 7);

        var (one, other) = (TopicModel.Train(texts), TopicModel.Train([.. texts.Reverse()]));

        Assert.That(other.Words.Keys, Is.EqualTo(one.Words.Keys));
        Assert.That(other.Read(texts[0].Words).Topics, Is.EqualTo(one.Read(texts[0].Words).Topics));
    }

    [Test]
    public void Words_are_lower_case_and_each_once() =>
        Assert.That(TopicWords.Of("Größe? GROSSE Rückgabe rückgabe, café 12345 ab a1b"), Is.EqualTo(new[] { "größe", "grosse", "rückgabe", "café", "a1b" }));

    [Test]
    public void Texts_that_differ_are_told_apart_and_the_trial_says_so()
    {
        var trial = TopicTrial.Run(Shop(60, 1));

        Assert.That(trial.Sufficiency.Code, Is.EqualTo("sufficient"));
        Assert.That(trial.Accuracy.Value, Is.GreaterThan(0.9));
        Assert.That(trial.Topics.Select(t => t.Texts), Is.EqualTo(new[] { 20, 20, 20 }));
        Assert.That(trial.Topics.Sum(t => t.Recall!.Value.Count), Is.EqualTo(trial.Accuracy.Count));
    }

    [Test]
    public void Labels_by_chance_are_not_believed()
    {
        var random = new Random(3);
        LabelledText[] texts = [.. Shop(90, 5).Select(t => t with { Topic = $"topic {random.Next(3)}" })];

        Assert.That(TopicTrial.Run(texts).Sufficiency, Has.Property("IsSufficient").False.And.Property("Code").EqualTo("too_inaccurate"));
    }

    [Test]
    public void Always_the_commonest_topic_is_no_evidence()
    {
        var random = new Random(9);
        LabelledText[] texts = [.. Shop(200, 5).Select((t, i) => t with { Topic = i % 9 == 0 ? "rare" : "common", Words = [$"same{random.Next(3)}"] })];

        Assert.That(TopicTrial.Run(texts).Sufficiency.Code, Is.EqualTo("no_better_than_guessing"));
    }

    [Test]
    public void Too_few_texts_are_told_with_what_there_is()
    {
        var trial = TopicTrial.Run([.. Shop(60, 1).Take(45)]);

        Assert.That(trial.Sufficiency.Code, Is.EqualTo("too_few_texts"));
        Assert.That(trial.Topics.Select(t => (t.Texts, t.IsEnough)), Is.All.EqualTo((15, false)));
        Assert.That(trial.Accuracy.Value, Is.Null);
    }

    private static LabelledText[] Shop(int count, int seed)
    {
        var random = new Random(seed);
        string[][] vocabularies = [["refund", "money", "back", "card", "charged"], ["parcel", "late", "tracking", "courier", "delivery"], ["size", "exchange", "small", "large", "fit"]];
        string[] shared = ["order", "please", "help", "hello", "thanks", "number"];
        return [.. Enumerable.Range(0, count).Select(i => new LabelledText($"topic {i % 3}",
            [.. Enumerable.Range(0, 4).Select(_ => vocabularies[i % 3][random.Next(5)]).Concat(Enumerable.Range(0, 4).Select(_ => shared[random.Next(6)])).Distinct()]))];
    }

    private static LabelledText Text(string topic, string text) => new(topic, TopicWords.Of(text));
}
