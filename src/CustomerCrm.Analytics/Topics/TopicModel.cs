namespace CustomerCrm.Analytics.Topics;

/// <summary>
/// A multinomial naive Bayes classifier over which words are in a text, with Laplace smoothing (C. D. Manning, P. Raghavan, H. Schütze,
/// "Introduction to Information Retrieval", 2008, section 13.2): nothing but counts, so that every answer can be taken apart into
/// its words. What it thinks likely is only as good as its assumption that words come independently: it is surer than it should be,
/// and its order of topics is worth more than its numbers.
/// </summary>
public sealed record TopicModel
{
    /// <summary>How many words are kept at most, those of most texts first.</summary>
    public const int MostWords = 5_000;

    /// <summary>A word of one text alone is a name or a slip.</summary>
    public const int LeastTexts = 2;

    /// <summary>Each topic, in ordinal order.</summary>
    public required IReadOnlyList<string> Topics { get; init; }

    /// <summary>How many texts each topic was learnt from.</summary>
    public required IReadOnlyList<int> Texts { get; init; }

    /// <summary>In how many texts of each topic a word stands.</summary>
    public required IReadOnlyDictionary<string, int[]> Words { get; init; }

    /// <exception cref="ArgumentException">There are no texts.</exception>
    public static TopicModel Train(IReadOnlyCollection<LabelledText> texts)
    {
        if (texts.Count == 0) throw new ArgumentException("There is nothing to learn from.", nameof(texts));
        string[] topics = [.. texts.Select(t => t.Topic).Distinct().Order(StringComparer.Ordinal)];
        var place = topics.Index().ToDictionary(t => t.Item, t => t.Index, StringComparer.Ordinal);
        var (counts, each) = (new Dictionary<string, int[]>(StringComparer.Ordinal), new int[topics.Length]);
        foreach (var text in texts)
        {
            each[place[text.Topic]]++;
            foreach (var word in text.Words.Distinct())
            {
                if (!counts.TryGetValue(word, out var of)) counts[word] = of = new int[topics.Length];
                of[place[text.Topic]]++;
            }
        }
        return new TopicModel
        {
            Topics = topics,
            Texts = each,
            Words = counts.Where(w => w.Value.Sum() >= LeastTexts).OrderByDescending(w => w.Value.Sum()).ThenBy(w => w.Key, StringComparer.Ordinal).Take(MostWords).ToDictionary(w => w.Key, w => w.Value, StringComparer.Ordinal),
        };
    }

    /// <summary>What a text seems to be about, the likeliest first. Words that the model does not know say nothing.</summary>
    public TopicReading Read(IReadOnlyList<string> words)
    {
        string[] known = [.. words.Distinct().Where(Words.ContainsKey)];
        var totals = Totals();
        var scores = Topics.Select((_, t) => Math.Log((double)Texts[t] / Texts.Sum()) + known.Sum(word => LogShare(word, t, totals))).ToArray();
        var highest = scores.Max();
        var sum = scores.Sum(score => Math.Exp(score - highest));
        TopicLikelihood[] likely = [.. scores.Select((score, t) => new TopicLikelihood(Topics[t], Math.Exp(score - highest) / sum)).OrderByDescending(t => t.Likelihood).ThenBy(t => t.Topic, StringComparer.Ordinal)];
        return new TopicReading { Topics = likely, Words = likely.Length < 2 ? [] : Weights(known, IndexOf(likely[0].Topic), [IndexOf(likely[1].Topic)], totals) };
    }

    /// <summary>The words that speak most for a topic against all others together.</summary>
    /// <exception cref="ArgumentException">There is no such topic.</exception>
    public IReadOnlyList<WordWeight> WordsOf(string topic, int most)
    {
        var of = IndexOf(topic);
        if (of < 0) throw new ArgumentException("The model has not learnt this topic.", nameof(topic));
        return [.. Weights(Words.Keys, of, [.. Enumerable.Range(0, Topics.Count).Where(t => t != of)], Totals()).Where(w => w.Weight > 0).Take(most)];
    }

    private int IndexOf(string topic) => Topics.Index().Where(t => t.Item == topic).Select(t => t.Index).FirstOrDefault(-1);

    private WordWeight[] Weights(IEnumerable<string> words, int of, int[] against, int[] totals) =>
    [.. words.Select(word => new WordWeight(word, LogShare(word, of, totals) - LogShare(word, against, totals), Words[word][of], Words[word].Sum()))
        .OrderByDescending(w => Math.Abs(w.Weight)).ThenBy(w => w.Word, StringComparer.Ordinal)];

    private int[] Totals() => [.. Topics.Select((_, t) => Words.Values.Sum(counts => counts[t]))];

    private double LogShare(string word, int topic, int[] totals) => LogShare(word, [topic], totals);

    private double LogShare(string word, int[] topics, int[] totals) => Math.Log((topics.Sum(t => Words[word][t]) + 1.0) / (topics.Sum(t => totals[t]) + Words.Count));
}

/// <summary>What a text seems to be about.</summary>
public sealed record TopicReading
{
    /// <summary>All of the model's topics, the likeliest first; together they are 1.</summary>
    public required IReadOnlyList<TopicLikelihood> Topics { get; init; }

    /// <summary>The words that were known, the weightiest first: for the likeliest topic and against the second where the weight is above nothing.</summary>
    public required IReadOnlyList<WordWeight> Words { get; init; }
}

/// <param name="Topic">What the text may be about.</param>
/// <param name="Likelihood">From 0 to 1.</param>
public sealed record TopicLikelihood(string Topic, double Likelihood);

/// <param name="Word">In lower case.</param>
/// <param name="Weight">The natural logarithm of how many times likelier the word is in one topic than in what it is compared with.</param>
/// <param name="Texts">How many texts of the topic it stood in.</param>
/// <param name="TextsOfAll">And how many of all.</param>
public sealed record WordWeight(string Word, double Weight, int Texts, int TextsOfAll);
