using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Surveys.Invitations;
using CustomerCrm.Teams;
using CustomerCrm.Users;

namespace CustomerCrm.Surveys.Triggers;

/// <summary>What an event is about, and who worked on that: read from the event alone. Pure.</summary>
internal sealed record EventSubject(string? Kind, byte[]? Key, Id<User>? AgentId, Id<Team>? TeamId)
{
    public static EventSubject Of(string eventType, JsonElement data)
    {
        var kind = eventType.Split('.')[0] switch
        {
            "order" => SurveySubject.Order,
            "ticket" => SurveySubject.Ticket,
            "conversation" => SurveySubject.Conversation,
            _ => null,
        };
        var key = kind is null ? null : SurveySubject.KeyOf(kind, TextOf(data, "id"));
        return new EventSubject(key is null ? null : kind, key,
            Id<User>.TryRead(TextOf(data, "assignee_id"), out var agent) ? agent : null,
            Id<Team>.TryRead(TextOf(data, "team_id"), out var team) ? team : null);
    }

    /// <returns>Null: there is no such member, or it is no text.</returns>
    public static string? TextOf(JsonElement data, string member) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
