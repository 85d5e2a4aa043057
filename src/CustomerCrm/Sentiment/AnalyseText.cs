using System.ComponentModel.DataAnnotations;
using CustomerCrm.Analytics.Sentiment;
using CustomerCrm.Tenant;

namespace CustomerCrm.Sentiment;

/// <summary>POST /sentiment/analysis: a text is read, and nothing is kept.</summary>
public static class AnalyseText
{
    public sealed record Request
    {
        /// <example>The tea is excellent, but it came two weeks late and nobody answered my mails!</example>
        [StringLength(50_000, MinimumLength = 1)] public required string Text { get; init; }

        /// <summary>A BCP 47 tag, where it is known; else the language is recognised by the text. English, German and French can be read.</summary>
        /// <example>en</example>
        [LanguageTag] public string? Language { get; init; }
    }

    internal static SentimentReading Handle(Request request) => SentimentReader.Read(request.Text, request.Language);
}
