using CustomerCrm.Channels;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Conversations;

/// <summary>Writes the rows of conversations, and what happened to them as entries.</summary>
internal sealed class ConversationBook(TenantDb db, EntryWriter entries, Caller caller, TimeProvider clock)
{
    /// <exception cref="ApiProblem">404: no such customer. 422: no such user or team.</exception>
    public async Task<Conversation> AddAsync(NewConversation start, Channel channel, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var conversation = new Conversation
        {
            Id = Id<Conversation>.New(), CustomerId = start.CustomerId, State = ConversationState.Open, Channel = channel.Kind, ChannelId = channel.IsBuiltIn ? null : channel.Id,
            Subject = start.Subject, AssigneeId = start.AssigneeId, TeamId = start.TeamId, LastNumber = 0, LastEntryAt = now, ReopenCount = 0, Revision = 1, CreatedAt = now, UpdatedAt = now,
        };
        await CheckAsync(conversation, ct);
        if (await db.ExecuteAsync(Insert, RowOf(conversation), ct) == 0) throw ApiProblem.NotFound("customer");
        return conversation;
    }

    /// <summary>Takes the next number: until the transaction ends, nobody else adds anything.</summary>
    /// <exception cref="ApiProblem">404: no such conversation.</exception>
    public async Task<Conversation> HoldAsync(Id<Conversation> id, CancellationToken ct)
    {
        if (await db.ExecuteAsync(Hold, new { Id = id }, ct) == 0) throw ApiProblem.NotFound("conversation");
        return await Conversation.FindAsync(id, db, ct);
    }

    /// <summary>What an entry means for its conversation.</summary>
    public async Task<Conversation> AdvanceAsync(Conversation held, ConversationEntry entry, CancellationToken ct)
    {
        var after = ConversationLife.After(held, entry) with { UpdatedAt = clock.GetUtcNow() };
        await db.ExecuteAsync(Advance, RowOf(after), ct);
        return after;
    }

    /// <exception cref="ApiProblem">412: somebody else changed it since it was read. 422: no such user or team.</exception>
    public async Task<Conversation> ChangeAsync(Conversation current, Conversation wanted, CancellationToken ct)
    {
        await CheckAsync(wanted, ct);
        var changed = wanted with { Revision = current.Revision + 1, UpdatedAt = clock.GetUtcNow() };
        return await db.ExecuteAsync(Change, RowOf(changed), ct) == 0 ? throw ApiProblem.PreconditionFailed() : changed;
    }

    /// <summary>Something happened to it that people should see where they read it.</summary>
    public async Task NoteAsync(Id<Conversation> id, string what, string? text, CancellationToken ct)
    {
        await HoldAsync(id, ct);
        await HeldNoteAsync(id, what, text, ct);
    }

    /// <summary>The same, under the number that was just taken.</summary>
    public async Task HeldNoteAsync(Id<Conversation> id, string what, string? text, CancellationToken ct)
    {
        var (held, now, actor) = (await Conversation.FindAsync(id, db, ct), clock.GetUtcNow(), caller.Actor);
        var entry = new ConversationEntry
        {
            Id = Id<ConversationEntry>.New(), ConversationId = id, CustomerId = held.CustomerId, Number = held.LastNumber, Kind = EntryKind.Event, Author = EntryAuthor.System, AuthorName = actor.Name,
            What = what, Text = text, IsAutomatic = false, OccurredAt = now, CreatedAt = now,
        };
        await entries.AddAsync(entry, null, ct);
    }

    /// <summary>Whose it is now, in words.</summary>
    public async Task<string> WhoAsync(Conversation conversation, CancellationToken ct)
    {
        var user = conversation.AssigneeId is { } userId ? await db.FindAsync<string>(NameOfUser, new { UserId = userId }, ct) : null;
        var team = conversation.TeamId is { } teamId ? await db.FindAsync<string>(NameOfTeam, new { TeamId = teamId }, ct) : null;
        return (user, team) switch { (null, null) => "nobody", (null, _) => team!, (_, null) => user!, _ => $"{user} ({team})" };
    }

    private async Task CheckAsync(Conversation conversation, CancellationToken ct)
    {
        if (conversation.AssigneeId is { } userId && await db.FindAsync<string>(NameOfUser, new { UserId = userId }, ct) is null) throw ApiProblem.Invalid("/assignee_id", "unknown_user", "There is no such user.");
        if (conversation.TeamId is { } teamId && await db.FindAsync<string>(NameOfTeam, new { TeamId = teamId }, ct) is null) throw ApiProblem.Invalid("/team_id", "unknown_team", "There is no such team.");
    }

    private static object RowOf(Conversation c) => new
    {
        c.Id, c.CustomerId, c.State, c.Channel, ChannelId = c.ChannelId?.ToBytes(), AssigneeId = c.AssigneeId?.ToBytes(), TeamId = c.TeamId?.ToBytes(), c.Subject, c.LastNumber, c.LastMessage,
        c.LastEntryAt, c.LastCustomerAt, c.LastAgentAt, c.ClosedAt, c.ReopenCount, c.Revision, c.CreatedAt, c.UpdatedAt,
    };

    private static readonly TenantSql NameOfUser = TenantSql.Of("SELECT u.Name FROM Users u WHERE u.TenantId = @TenantId AND u.Id = @UserId");

    private static readonly TenantSql NameOfTeam = TenantSql.Of("SELECT t.Name FROM Teams t WHERE t.TenantId = @TenantId AND t.Id = @TeamId");

    // Selecting from Customers makes another tenant's customer insert nothing.
    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Conversations (TenantId, Id, CustomerId, State, Channel, ChannelId, AssigneeId, TeamId, Subject, LastNumber, LastMessage, LastEntryAt, ReopenCount, Revision, CreatedAt, UpdatedAt)
        SELECT c.TenantId, @Id, c.Id, @State, @Channel, @ChannelId, @AssigneeId, @TeamId, CAST(@Subject AS NVARCHAR(500)), 0, 0, @LastEntryAt, 0, 1, @CreatedAt, @UpdatedAt
        FROM Customers c
        WHERE c.TenantId = @TenantId
          AND c.Id = @CustomerId
        """);

    private static readonly TenantSql Hold = TenantSql.Of("""
        UPDATE Conversations
        SET LastNumber = LastNumber + 1, Revision = Revision + 1
        WHERE TenantId = @TenantId
          AND Id = @Id
        """);

    private static readonly TenantSql Advance = TenantSql.Of("""
        UPDATE Conversations
        SET State = @State, Channel = @Channel, ChannelId = @ChannelId, Subject = @Subject, LastMessage = @LastMessage, LastEntryAt = @LastEntryAt, LastCustomerAt = @LastCustomerAt,
            LastAgentAt = @LastAgentAt, ClosedAt = @ClosedAt, ReopenCount = @ReopenCount, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
        """);

    private static readonly TenantSql Change = TenantSql.Of("""
        UPDATE Conversations
        SET State = @State, AssigneeId = @AssigneeId, TeamId = @TeamId, Subject = @Subject, ClosedAt = @ClosedAt, ReopenCount = @ReopenCount, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision - 1
        """);
}
