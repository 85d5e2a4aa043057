using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Surveys.Definitions;

/// <summary>What a survey asks, in which languages, and in what order.</summary>
/// <example>{"languages":["en"],"title":{"en":"How did we do?"},"intro":null,"thanks":null,"questions":[{"key":"score","type":"scale","text":{"en":"How satisfied are you with our help?"},"is_required":true,"is_score":true,"min":1,"max":5,"min_label":{"en":"Not at all"},"max_label":{"en":"Very"},"choices":null,"rows":null,"is_many":false,"next":null}]}</example>
public sealed record SurveyDefinition
{
    internal const int MostLanguages = 20, MostQuestions = 50;

    /// <summary>Primary language subtags of BCP 47. Every text is there in each; the first is for whoever reads none of them.</summary>
    /// <example>["en","de"]</example>
    [MinLength(1), MaxLength(MostLanguages)] public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>The heading of its page, by language; the survey's kind says something fitting if it is left out.</summary>
    /// <example>{"en":"How did we do?"}</example>
    [MinLength(1), MaxLength(MostLanguages)] public IReadOnlyDictionary<string, string>? Title { get; init; }

    /// <summary>What stands above the questions, by language.</summary>
    /// <example>{"en":"It takes a minute."}</example>
    [MinLength(1), MaxLength(MostLanguages)] public IReadOnlyDictionary<string, string>? Intro { get; init; }

    /// <summary>What is said afterwards, by language.</summary>
    /// <example>{"en":"Thank you, this helps us."}</example>
    [MinLength(1), MaxLength(MostLanguages)] public IReadOnlyDictionary<string, string>? Thanks { get; init; }

    /// <summary>In the order in which they are asked, where nothing jumps.</summary>
    [MinLength(1), MaxLength(MostQuestions)] public required IReadOnlyList<SurveyQuestion> Questions { get; init; }

    internal SurveyQuestion? Score => Questions.FirstOrDefault(question => question.IsScore);

    internal SurveyQuestion? Find(string key) => Questions.FirstOrDefault(question => question.Key == key);

    internal string Write() => JsonSerializer.Serialize(this, StrictJson.Options);

    internal static SurveyDefinition Read(string text) => JsonSerializer.Deserialize<SurveyDefinition>(text, StrictJson.Options)!;
}
