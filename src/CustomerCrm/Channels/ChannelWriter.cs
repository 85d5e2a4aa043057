using System.Text;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform;

namespace CustomerCrm.Channels;

/// <summary>Writes channels. The usual ones have a row from their first change on.</summary>
internal sealed class ChannelWriter(TenantDb db, EventLog events, TimeProvider clock)
{
    public const int Most = 50;

    /// <exception cref="ApiProblem">409: too many, or the name is another's. 422: what is said of it is not right.</exception>
    public async Task<Channel> AddAsync(Channel channel, CancellationToken ct)
    {
        ChannelDetails.Check(channel);
        if (await db.FindAsync<int>(Count, null, ct) >= Most) throw ApiProblem.Conflict("too_many_channels", $"There are {Most} channels already.");
        await InsertAsync(channel, ct);
        events.Record("channel.created", channel);
        return channel;
    }

    /// <exception cref="ApiProblem">409: the name is another's. 412: somebody else changed it since it was read. 422: what is said of it is not right.</exception>
    public async Task<Channel> ChangeAsync(Channel current, Channel wanted, CancellationToken ct)
    {
        if (wanted == current) return current;
        ChannelDetails.Check(wanted);
        var changed = wanted with { Revision = current.Revision + 1, UpdatedAt = clock.GetUtcNow() };
        if (current is { IsBuiltIn: true, Revision: 0 }) await InsertAsync(changed with { CreatedAt = changed.UpdatedAt }, ct);
        else
        {
            try
            {
                if (await db.ExecuteAsync(Update, RowOf(changed), ct) == 0) throw ApiProblem.PreconditionFailed();
            }
            catch (DuplicateKeyException)
            {
                throw Exists();
            }
        }
        events.Record("channel.updated", changed);
        return changed;
    }

    public async Task RemoveAsync(Channel current, CancellationToken ct)
    {
        if (await db.ExecuteAsync(Delete, new { current.Id, current.Revision }, ct) == 0) throw ApiProblem.PreconditionFailed();
        events.Record("channel.deleted", current);
    }

    private async Task InsertAsync(Channel channel, CancellationToken ct)
    {
        // The usual ones have their names without a row.
        if (BuiltInChannels.All.Any(usual => usual.Id != channel.Id && NormalizedName.Of(usual.Name) == NormalizedName.Of(channel.Name))) throw Exists();
        try
        {
            await db.ExecuteAsync(Insert, RowOf(channel), ct);
        }
        catch (DuplicateKeyException)
        {
            throw Exists();
        }
    }

    private static ApiProblem Exists() => ApiProblem.Conflict("channel_exists", "There is a channel of this name already.");

    private static object RowOf(Channel c) => new
    {
        c.Id, c.Kind, c.IsBuiltIn, c.Name, NameKey = Encoding.UTF8.GetBytes(NormalizedName.Of(c.Name)), c.IsEnabled, c.Address, c.MaxTextLength, c.MaxAttachments, c.MaxAttachmentBytes, c.TypesText, c.ReplyWindowHours, c.Revision, c.CreatedAt, c.UpdatedAt,
    };

    private static readonly TenantSql Count = TenantSql.CountHeld("Channels", "IsBuiltIn = 0");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Channels (TenantId, Id, Kind, IsBuiltIn, Name, NameKey, IsEnabled, Address, MaxTextLength, MaxAttachments, MaxAttachmentBytes, AttachmentTypes, ReplyWindowHours, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Kind, @IsBuiltIn, @Name, @NameKey, @IsEnabled, @Address, @MaxTextLength, @MaxAttachments, @MaxAttachmentBytes, @TypesText, @ReplyWindowHours, @Revision, @CreatedAt, @UpdatedAt)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE Channels
        SET Name = @Name, NameKey = @NameKey, IsEnabled = @IsEnabled, Address = @Address, MaxTextLength = @MaxTextLength, MaxAttachments = @MaxAttachments,
            MaxAttachmentBytes = @MaxAttachmentBytes, AttachmentTypes = @TypesText, ReplyWindowHours = @ReplyWindowHours, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision - 1
        """);

    private static readonly TenantSql Delete = TenantSql.Of("""
        DELETE FROM Channels
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision
          AND IsBuiltIn = 0
        """);
}
