using System.ComponentModel.DataAnnotations;

namespace CustomerCrm.Surveys.Definitions;

/// <summary>One question of a survey.</summary>
/// <example>{"key":"score","type":"scale","text":{"en":"How satisfied are you with our help?"},"is_required":true,"is_score":true,"min":1,"max":5,"min_label":{"en":"Not at all"},"max_label":{"en":"Very"},"choices":null,"rows":null,"is_many":false,"next":null}</example>
public sealed record SurveyQuestion
{
    internal const int LongestText = 500, MostOptions = 50;

    /// <summary>What answers and figures call it. Once it has answers, the key keeps its type, its scale and what its choices mean.</summary>
    /// <example>score</example>
    [StringLength(50, MinimumLength = 1), RegularExpression("^[a-z][a-z0-9_]*$")] public required string Key { get; init; }

    [Required] public QuestionType? Type { get; init; }

    /// <summary>What is asked, by language: one for each of the survey's languages.</summary>
    /// <example>{"en":"How satisfied are you with our help?"}</example>
    [MinLength(1), MaxLength(SurveyDefinition.MostLanguages)] public required IReadOnlyDictionary<string, string> Text { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>Whether this is the score that the survey is about. CSAT, NPS and CES have one: their first question, on their scale, and required. A free survey has at most one.</summary>
    public bool IsScore { get; init; }

    /// <summary>Of a scale: its first number.</summary>
    /// <example>1</example>
    [Range(-100, 100)] public int? Min { get; init; }

    /// <summary>Of a scale: its last number, at most 20 above the first.</summary>
    /// <example>5</example>
    [Range(-100, 100)] public int? Max { get; init; }

    /// <summary>What the first number means, by language.</summary>
    /// <example>{"en":"Not at all"}</example>
    [MinLength(1), MaxLength(SurveyDefinition.MostLanguages)] public IReadOnlyDictionary<string, string>? MinLabel { get; init; }

    /// <summary>What the last number means, by language.</summary>
    /// <example>{"en":"Very"}</example>
    [MinLength(1), MaxLength(SurveyDefinition.MostLanguages)] public IReadOnlyDictionary<string, string>? MaxLabel { get; init; }

    /// <summary>Of a choice: what can be chosen. Of a matrix: its columns.</summary>
    [MinLength(2), MaxLength(MostOptions)] public IReadOnlyList<SurveyOption>? Choices { get; init; }

    /// <summary>Of a matrix: what is asked in each row.</summary>
    [MinLength(1), MaxLength(MostOptions)] public IReadOnlyList<SurveyOption>? Rows { get; init; }

    /// <summary>Of a choice: whether several can be chosen.</summary>
    public bool IsMany { get; init; }

    /// <summary>Where to go on, by the answer: the first jump that fits; else the next question. A matrix and a text have only a jump that always fits.</summary>
    [MinLength(1), MaxLength(MostOptions)] public IReadOnlyList<QuestionJump>? Next { get; init; }
}

/// <summary>What kind of answer a question has.</summary>
public enum QuestionType
{
    /// <summary>A whole number from <c>min</c> to <c>max</c>.</summary>
    Scale,

    /// <summary>One of <c>choices</c>, or several.</summary>
    Choice,

    /// <summary>Whatever somebody writes, up to 2,000 characters. How it sounds is read.</summary>
    Text,

    /// <summary>One of <c>choices</c> for each of <c>rows</c>.</summary>
    Matrix,
}

/// <summary>Something to choose, or a row of a matrix.</summary>
/// <example>{"key":"speed","text":{"en":"How fast we were"}}</example>
public sealed record SurveyOption
{
    /// <summary>What answers call it.</summary>
    /// <example>speed</example>
    [StringLength(50, MinimumLength = 1), RegularExpression("^[a-z0-9][a-z0-9_]*$")] public required string Key { get; init; }

    /// <summary>By language.</summary>
    /// <example>{"en":"How fast we were"}</example>
    [MinLength(1), MaxLength(SurveyDefinition.MostLanguages)] public required IReadOnlyDictionary<string, string> Text { get; init; }
}

/// <summary>Where a survey goes on after an answer.</summary>
/// <example>{"from":0,"to":6,"choices":null,"go_to":"why"}</example>
public sealed record QuestionJump
{
    /// <summary>On the page, a survey that ends here.</summary>
    public const string End = "end";

    /// <summary>Of a scale: from this number on.</summary>
    public int? From { get; init; }

    /// <summary>Of a scale: up to this number, included.</summary>
    public int? To { get; init; }

    /// <summary>Of a choice: where one of these was chosen.</summary>
    [MinLength(1), MaxLength(SurveyQuestion.MostOptions)] public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>The key of a question, or <c>end</c>.</summary>
    /// <example>why</example>
    [StringLength(50, MinimumLength = 1)] public required string GoTo { get; init; }

    internal bool IsAlways => From is null && To is null && Choices is null;
}
