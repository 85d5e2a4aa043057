using System.Text.Json.Serialization;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Conversations.Media;

/// <summary>A file of a message that the provider keeps: it is on its way, or cannot be had. Once it is here it is an attachment.</summary>
public sealed record EntryMedia
{
    /// <summary>1, 2, 3 … in its message.</summary>
    public required int Position { get; init; }

    /// <summary>What the provider says it is.</summary>
    /// <example>image/jpeg</example>
    public string? MediaType { get; init; }

    public required MediaState State { get; init; }

    /// <summary>How often it was tried.</summary>
    public required int Attempts { get; init; }

    /// <summary>Why the last attempt did not succeed: <c>status_503</c>, <c>timeout</c>, <c>too_large</c>, <c>attachment_type</c>, <c>gone</c>; may grow.</summary>
    /// <example>status_503</example>
    public string? Reason { get; init; }

    [JsonIgnore] internal byte[] EntryId { get; init; } = [];
    [JsonIgnore] internal byte[] ConversationId { get; init; } = [];
    [JsonIgnore] internal string Url { get; init; } = "";

    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT m.EntryId, m.ConversationId, m.Position, m.Url, m.MediaType, m.State, m.Attempts, m.Reason
        FROM ConversationMedia m
        WHERE m.TenantId = @TenantId
        """);
}

/// <summary>How far a file is that the provider keeps. The numbers are stored.</summary>
public enum MediaState
{
    /// <summary>It is to be fetched; where an attempt did not succeed, another follows.</summary>
    Waiting = 1,

    /// <summary>It is among the attachments.</summary>
    Fetched = 2,

    /// <summary>It cannot be fetched, or is nothing that can be kept.</summary>
    Failed = 3,
}
