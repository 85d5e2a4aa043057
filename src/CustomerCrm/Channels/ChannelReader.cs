using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Channels;

/// <summary>The channels of a tenant: its own, and the usual ones as they are or as it has changed them.</summary>
internal sealed class ChannelReader(TenantDb db)
{
    public async Task<IReadOnlyList<Channel>> AllAsync(CancellationToken ct)
    {
        var rows = await db.QueryAsync<Channel>(All, null, ct);
        return [.. BuiltInChannels.All.Select(usual => rows.FirstOrDefault(row => row.Id == usual.Id) ?? usual), .. rows.Where(row => !row.IsBuiltIn)];
    }

    /// <exception cref="ApiProblem">404: there is none.</exception>
    public async Task<Channel> FindAsync(Id<Channel> channelId, CancellationToken ct) =>
        await db.FindAsync<Channel>(ById, new { ChannelId = channelId }, ct) ?? BuiltInChannels.All.FirstOrDefault(usual => usual.Id == channelId) ?? throw ApiProblem.NotFound("channel");

    /// <summary>One of the tenant's own, or the usual one of its kind.</summary>
    /// <exception cref="ApiProblem">422 at <c>/channel_id</c>: there is none, or it is of another kind.</exception>
    public async Task<Channel> OfAsync(InteractionChannel? kind, Id<Channel>? channelId, CancellationToken ct)
    {
        if (channelId is not { } id) return await db.FindAsync<Channel>(ById, new { ChannelId = BuiltInChannels.IdOf(kind!.Value) }, ct) ?? BuiltInChannels.Of(kind!.Value);
        var channel = await db.FindAsync<Channel>(ById, new { ChannelId = id }, ct) ?? BuiltInChannels.All.FirstOrDefault(usual => usual.Id == id)
            ?? throw ApiProblem.Invalid("/channel_id", "unknown_channel", "There is no such channel.");
        return kind is null || kind == channel.Kind ? channel : throw ApiProblem.Invalid("/channel_id", "channel_mismatch", "This channel is of another kind than channel says.");
    }

    internal static readonly TenantSql All = TenantSql.Of("""
        SELECT c.Id, c.Kind, c.IsBuiltIn, c.Name, c.IsEnabled, c.Address, c.MaxTextLength, c.MaxAttachments, c.MaxAttachmentBytes, c.AttachmentTypes AS TypesText,
            c.ReplyWindowHours, c.Revision, c.CreatedAt, c.UpdatedAt
        FROM Channels c
        WHERE c.TenantId = @TenantId
        """);

    private static readonly TenantSql ById = All.Then("AND c.Id = @ChannelId");
}
