using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Surveys.Invitations;

namespace CustomerCrm.SurveyResponses.Drafts;

/// <summary>What somebody has answered so far of a survey that goes page by page.</summary>
internal sealed record ResponseDraft
{
    public required Id<SurveyInvitation> InvitationId { get; init; }
    public string? Language { get; init; }

    /// <summary>When the last page was sent.</summary>
    public required DateTimeOffset StepAt { get; init; }

    /// <summary>From then on what there is counts as it is.</summary>
    public required DateTimeOffset ClosesAt { get; init; }

    /// <summary>By the key of the question; null where it was seen and left out. What is not here was not seen.</summary>
    public IReadOnlyDictionary<string, JsonElement> Answers => JsonSerializer.Deserialize<IReadOnlyDictionary<string, JsonElement>>(AnswersText, StrictJson.Options)!;

    internal string AnswersText { get; init; } = "{}";
}
