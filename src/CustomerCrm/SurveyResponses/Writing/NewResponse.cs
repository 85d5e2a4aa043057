using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Surveys;
using CustomerCrm.Surveys.Definitions;
using CustomerCrm.Surveys.Invitations;
using CustomerCrm.Teams;
using CustomerCrm.Users;

namespace CustomerCrm.SurveyResponses.Writing;

/// <summary>Answers that are to be kept.</summary>
internal sealed record NewResponse
{
    public required int Version { get; init; }
    public required ReadAnswers Answers { get; init; }
    public Id<Customer>? CustomerId { get; init; }
    public Id<SurveyInvitation>? InvitationId { get; init; }
    public required SurveyChannel Channel { get; init; }
    public string? Language { get; init; }
    public string? AboutKind { get; init; }
    public byte[]? AboutKey { get; init; }
    public Id<User>? AgentId { get; init; }
    public Id<Team>? TeamId { get; init; }

    /// <summary>Whether the survey was answered to its end.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>Null: now.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }
}
