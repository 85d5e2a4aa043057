using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Messages;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Surveys.Guards;
using CustomerCrm.Surveys.Invitations;

namespace CustomerCrm.Surveys.Triggers;

/// <summary>Writes down whom surveys are to ask because of what happened, and when. Whether they are asked then, a job decides.</summary>
internal sealed class SurveyConsumer(TenantDb db, InvitationWriter writer) : IEventConsumer
{
    public string Name => "surveys";

    public async Task HandleAsync(IReadOnlyList<EventRow> events, CancellationToken ct)
    {
        foreach (var lost in events.Where(e => e.Type is "message.refused" or "message.cancelled" or "message.failed")) await LoseAsync(lost, ct);
        if (events.All(e => e.IsQuiet || e.CustomerId is null)) return;

        var surveys = await Survey.ActiveAsync(db, ct);
        if (surveys.All(survey => survey.Settings.Triggers.Count == 0)) return;
        var waiting = surveys.SelectMany(survey => survey.Settings.Triggers.Select(trigger => (survey, survey.Settings, trigger))).ToLookup(one => one.trigger.EventType);
        foreach (var happened in events.Where(e => e is { IsQuiet: false, CustomerId: not null } && waiting.Contains(e.Type)))
        {
            var data = JsonElement.Parse(happened.Data);
            foreach (var (survey, settings, trigger) in waiting[happened.Type])
                if (happened.OccurredAt >= survey.ActiveSince && IsOf(trigger, data)) await writer.ScheduleAsync(InvitationOf(survey, settings, trigger, happened, data), ct);
        }
    }

    private static bool IsOf(SurveyTrigger trigger, JsonElement data) =>
        trigger.SegmentId is not { } segmentId || EventSubject.TextOf(data, "segment_id") == segmentId.ToString();

    private static SurveyInvitation InvitationOf(Survey survey, SurveySettings settings, SurveyTrigger trigger, EventRow happened, JsonElement data)
    {
        var subject = EventSubject.Of(happened.Type, data);
        return new SurveyInvitation
        {
            Id = Id<SurveyInvitation>.New(),
            SurveyId = survey.Id,
            CustomerId = new Id<Customer>(happened.CustomerId!.Value),
            Channel = settings.Channel,
            State = InvitationState.Scheduled,
            Cause = trigger.Cause,
            EventId = happened.Id,
            EventType = happened.Type,
            AboutKind = subject.Kind,
            AboutKey = subject.Key,
            AgentId = subject.AgentId,
            TeamId = subject.TeamId,
            DueAt = happened.OccurredAt.AddHours(trigger.AfterHours),
            CreatedAt = happened.OccurredAt,
        };
    }

    // A message that was put off and then refused has asked nobody.
    private async Task LoseAsync(EventRow lost, CancellationToken ct)
    {
        var data = JsonElement.Parse(lost.Data);
        if (data.TryGetProperty("reason", out var reason) && EventSubject.TextOf(reason, "kind") == RecentSurveyGuard.Reason && Id<SurveyInvitation>.TryRead(EventSubject.TextOf(reason, "id"), out var invitationId))
            await writer.NotSentAfterAllAsync(invitationId, EventSubject.TextOf(data, "code") ?? EventSubject.TextOf(data, "state") ?? nameof(Message), ct);
    }
}
