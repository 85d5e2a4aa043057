using System.Text.Json;
using CustomerCrm.Bots.Flow;
using CustomerCrm.Conversations;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Bots.Answering;

/// <summary>Which bot answers in a conversation: of those on its channel that are enabled and published, the oldest.</summary>
internal sealed class BotChoice(TenantDb db)
{
    /// <returns>Null: none.</returns>
    public async Task<ChosenBot?> OfAsync(Conversation conversation, CancellationToken ct) => (await db.QueryAsync<ChosenBot>(Enabled, null, ct)).FirstOrDefault(bot => bot.Channels.Contains(conversation.Channel));

    private static readonly TenantSql Enabled = TenantSql.Of("""
        SELECT b.Id, b.Name, b.ChannelsText, b.PublishedVersion, v.FlowText
        FROM Bots b
        JOIN BotVersions v ON v.TenantId = @TenantId AND v.BotId = b.Id AND v.Version = b.PublishedVersion
        WHERE b.TenantId = @TenantId
          AND b.IsEnabled = 1
        ORDER BY b.CreatedAt, b.Id
        """);
}

/// <summary>A bot with the flow by which it answers.</summary>
internal sealed record ChosenBot
{
    public required Id<Bot> Id { get; init; }
    public required string Name { get; init; }
    public required string ChannelsText { get; init; }
    public required int PublishedVersion { get; init; }
    public required string FlowText { get; init; }

    public IReadOnlyList<InteractionChannel> Channels => JsonSerializer.Deserialize<InteractionChannel[]>(ChannelsText, StrictJson.Options)!;

    public BotFlow Flow => JsonSerializer.Deserialize<BotFlow>(FlowText, StrictJson.Options)!;
}
