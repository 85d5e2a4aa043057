using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Validation;
using CustomerCrm.Surveys.Triggers;
using CustomerCrm.Teams;
using CustomerCrm.Templates;
using CustomerCrm.Users;

namespace CustomerCrm.Surveys;

/// <summary>When a survey is sent, how, to whom not, and what a low score starts.</summary>
/// <example>{"triggers":[{"on":"order_delivered","event":null,"segment_id":null,"after_hours":72}],"channel":"email","purpose":"service","topic":null,"template_id":null,"expires_in_days":30,"partial_after_hours":24,"gap_days":30,"sample_percent":100,"anonymity_threshold":null,"low_score":{"at_most":2,"opens":"task","user_id":null,"team_id":null,"due_in_hours":24}}</example>
public sealed record SurveySettings : IValidatableObject
{
    /// <summary>What makes it ask by itself; none: it asks only whom the API or a rule says. Of several surveys that one event makes ask a customer, one does: the one due first, of those due together the oldest; the others are <c>not_sent</c> with <c>same_event</c>.</summary>
    [MaxLength(5)] public IReadOnlyList<SurveyTrigger> Triggers { get; init; } = [];

    /// <summary>How its triggers ask.</summary>
    public SurveyChannel Channel { get; init; } = SurveyChannel.Email;

    /// <summary>What the contact policy takes its messages for.</summary>
    public MessagePurpose Purpose { get; init; } = MessagePurpose.Service;

    /// <summary>Which of the customer's consents is asked for; none: the one to all topics of the purpose.</summary>
    [StringLength(100, MinimumLength = 1)] public string? Topic { get; init; }

    /// <summary>What its messages are made of: <c>data.survey_url</c> is the link, <c>data.question</c> the first question, <c>data.scores</c> a list of <c>value</c> and <c>url</c>. Left out: a short message in the customer's language, with the scores to click on.</summary>
    public Id<Template>? TemplateId { get; init; }

    /// <summary>How long it can be answered, in days from when it was sent.</summary>
    [Range(1, 365)] public int ExpiresInDays { get; init; } = 30;

    /// <summary>The page asks step by step, and keeps each step. Whoever has not gone on for so many hours has answered a part: it then counts as it is, with <c>is_complete</c> false, and the rest is not answered any more. An anonymous survey keeps nothing before all of it is sent.</summary>
    [Range(1, 720)] public int PartialAfterHours { get; init; } = 24;

    /// <summary>Nobody is asked by this survey more than once in so many days; 0 for no such limit. Across all surveys the contact policy's guard <c>recent_survey</c> holds.</summary>
    [Range(0, 365)] public int GapDays { get; init; } = 30;

    /// <summary>Of those whom a trigger would ask, so many of a hundred are, chosen by chance.</summary>
    [Range(1, 100)] public int SamplePercent { get; init; } = 100;

    /// <summary>Makes the survey anonymous: neither customer nor moment are kept with an answer, and figures of fewer answers than this are not shown. Null: it is not anonymous. Stays as it is once there are answers.</summary>
    [Range(2, 100)] public int? AnonymityThreshold { get; init; }

    /// <summary>What a low score starts; null: only the event <c>survey.low_score</c>, which rules can answer.</summary>
    public LowScoreSettings? LowScore { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        foreach (var (i, trigger) in Triggers.Index())
            if (trigger is null) yield return new BrokenRule("required", "A trigger is required.", $"Triggers[{i}]");
        if (AnonymityThreshold is not null && LowScore is not null) yield return new BrokenRule("anonymous", "Of an anonymous survey nobody knows whom to call.", nameof(LowScore));
        if (TemplateId is not null && Channel is SurveyChannel.Link or SurveyChannel.Chat) yield return new BrokenRule("not_of_channel", "Only e-mails and text messages are made of a template.", nameof(TemplateId));
    }

    internal string Write() => JsonSerializer.Serialize(this, StrictJson.Options);

    internal static SurveySettings Read(string text) => JsonSerializer.Deserialize<SurveySettings>(text, StrictJson.Options)!;
}

/// <summary>What a low score starts.</summary>
/// <example>{"at_most":2,"opens":"task","user_id":null,"team_id":null,"due_in_hours":24}</example>
public sealed record LowScoreSettings
{
    /// <summary>A score of so much or less is low.</summary>
    /// <example>2</example>
    [Range(-100, 100)] public required int AtMost { get; init; }

    public LowScoreAction Opens { get; init; } = LowScoreAction.Task;

    /// <summary>Who is to do it.</summary>
    public Id<User>? UserId { get; init; }

    /// <summary>Whose it is, where one of a team is to take it.</summary>
    public Id<Team>? TeamId { get; init; }

    /// <summary>Until when the customer should have been spoken to.</summary>
    [Range(1, 720)] public int DueInHours { get; init; } = 24;
}

/// <summary>What is opened for a low score.</summary>
public enum LowScoreAction
{
    /// <summary>A follow-up, and a task for whoever is named.</summary>
    Task,

    /// <summary>A follow-up, and a ticket in the customer's name.</summary>
    Ticket,

    /// <summary>A follow-up alone: it stands in the list of those that are open.</summary>
    FollowUp,
}
