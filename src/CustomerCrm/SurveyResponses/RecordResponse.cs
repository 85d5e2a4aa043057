using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Validation;
using CustomerCrm.SurveyResponses.Writing;
using CustomerCrm.Surveys;
using CustomerCrm.Surveys.Invitations;
using CustomerCrm.Surveys.Versions;
using CustomerCrm.Tenant;
using CustomerCrm.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.SurveyResponses;

/// <summary>POST /survey_responses: answers that came another way than by the page: in a chat, at the till, on the phone, from elsewhere.</summary>
public static class RecordResponse
{
    /// <example>{"invitation_id":"sin_01mv4q0800ebxvvk1mr9tcr6ws","answers":{"score":5,"comment":"Quick and kind."}}</example>
    public sealed record Request : IValidatableObject
    {
        /// <summary>Which invitation it answers; or <c>survey_id</c>.</summary>
        public Id<SurveyInvitation>? InvitationId { get; init; }

        /// <summary>For who answers without having been invited.</summary>
        public Id<Survey>? SurveyId { get; init; }

        /// <summary>Without an invitation: who answers, if that is known.</summary>
        public Id<Customer>? CustomerId { get; init; }

        /// <summary>By the key of the question: a number, a key of a choice, a list of keys, text, or an object of rows.</summary>
        /// <example>{"score":5,"comment":"Quick and kind."}</example>
        [MaxLength(100)] public required IReadOnlyDictionary<string, JsonElement> Answers { get; init; }

        /// <summary>Without an invitation; <c>link</c> if it is left out.</summary>
        public SurveyChannel? Channel { get; init; }

        /// <summary>Without an invitation: what it is about.</summary>
        public SurveySubject? About { get; init; }

        /// <summary>Without an invitation: who worked on that.</summary>
        public Id<User>? AgentId { get; init; }

        /// <summary>In which it was answered.</summary>
        [StringLength(35), LanguageTag] public string? Language { get; init; }

        /// <summary>When; now if it is left out. For history that is loaded.</summary>
        public DateTimeOffset? AnsweredAt { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (InvitationId is null == SurveyId is null) yield return new BrokenRule("one_needed", "Say what it answers: invitation_id or survey_id, and only one of them.", nameof(InvitationId));
            else if (InvitationId is not null && (CustomerId is not null || Channel is not null || About is not null || AgentId is not null || AnsweredAt is not null))
                yield return new BrokenRule("not_with_invitation", "The invitation says who answers, how, and what about; and it is answered now.", nameof(InvitationId));
        }
    }

    internal static async Task<Created<SurveyResponse>> Handle(Request request, TenantDb db, ResponseWriter writer, KnownSubjects subjects, TimeProvider clock, CancellationToken ct)
    {
        var response = request.InvitationId is { } invitationId ? await OfInvitationAsync(invitationId, request, db, writer, ct) : await OfSurveyAsync(request, db, writer, subjects, clock, ct);
        return TypedResults.Created($"/v1/survey_responses/{response.Id}", response);
    }

    private static async Task<SurveyResponse> OfInvitationAsync(Id<SurveyInvitation> invitationId, Request request, TenantDb db, ResponseWriter writer, CancellationToken ct)
    {
        var invitation = await SurveyInvitation.FindAsync(invitationId, db, ct);
        if (invitation.Version is not { } version) throw ApiProblem.Conflict("survey_over", "The invitation was not sent, so nobody answers it.");
        var definition = await SurveyVersion.DefinitionOfAsync(invitation.SurveyId, version, db, ct);
        return await writer.AnswerAsync(invitation, ResponseWriter.Read(definition, request.Answers), request.Language, null, ct) switch
        {
            { } response => response,
            null when (await SurveyInvitation.FindAsync(invitationId, db, ct)).State == InvitationState.Answered => throw ApiProblem.Conflict("survey_answered", "It was answered already, and the first answer counts."),
            _ => throw ApiProblem.Conflict("survey_over", "Its time is over."),
        };
    }

    private static async Task<SurveyResponse> OfSurveyAsync(Request request, TenantDb db, ResponseWriter writer, KnownSubjects subjects, TimeProvider clock, CancellationToken ct)
    {
        var survey = await Survey.FindAsync(request.SurveyId!.Value, db, ct);
        var key = await subjects.KeyOfAsync(request.About, ct);
        if (request.AnsweredAt > clock.GetUtcNow().AddDays(1)) throw ApiProblem.Invalid("/answered_at", "in_the_future", "An answer has been given already.");
        if (request.AnsweredAt < new DateTimeOffset(1900, 1, 1, 0, 0, 0, TimeSpan.Zero)) throw ApiProblem.Invalid("/answered_at", "out_of_range", "After the year 1900.");
        if (request.AgentId is not null && await db.FindAsync<int?>(HasUser, new { request.AgentId }, ct) is null) throw ApiProblem.Invalid("/agent_id", "unknown_user", "There is no such user.");
        if (request.CustomerId is not null && await db.FindAsync<int?>(HasCustomer, new { request.CustomerId }, ct) is null) throw ApiProblem.NotFound("customer");
        return await writer.AddAsync(survey, new NewResponse
        {
            Version = survey.Version,
            Answers = ResponseWriter.Read(survey.Definition, request.Answers),
            CustomerId = request.CustomerId,
            Channel = request.Channel ?? SurveyChannel.Link,
            Language = request.Language,
            AboutKind = request.About?.Kind,
            AboutKey = key,
            AgentId = request.AgentId,
            AnsweredAt = request.AnsweredAt,
        }, ct);
    }

    private static readonly TenantSql HasUser = TenantSql.Of("SELECT 1 FROM Users u WHERE u.TenantId = @TenantId AND u.Id = @AgentId");

    private static readonly TenantSql HasCustomer = TenantSql.Of("SELECT 1 FROM Customers c WHERE c.TenantId = @TenantId AND c.Id = @CustomerId");
}
