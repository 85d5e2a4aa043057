using System.Text.Json;
using CustomerCrm.Bots.Flow;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Bots;

/// <summary>Writes bots. A flow that could lose a customer is refused here.</summary>
internal sealed class BotWriter(TenantDb db, Caller caller, EventLog events, TimeProvider clock)
{
    private const int Most = 50;

    /// <exception cref="ApiProblem">422: what is wrong with the flow, by its place. 409: there are too many.</exception>
    public async Task<Bot> CreateAsync(CreateBot.Request request, CancellationToken ct)
    {
        if (await db.FindAsync<int>(Count, null, ct) >= Most) throw ApiProblem.Conflict("too_many_bots", $"There are {Most} bots already.");
        await CheckAsync(request.Flow, ct);
        var now = clock.GetUtcNow();
        var bot = new Bot { Id = Id<Bot>.New(), Name = request.Name.Trim(), Channels = request.Channels, IsEnabled = request.IsEnabled ?? true, Version = 1, Flow = request.Flow, Revision = 1, CreatedAt = now, UpdatedAt = now };
        await db.ExecuteAsync(Insert, RowOf(bot), ct);
        await WriteVersionAsync(bot, ct);
        events.Record("bot.created", bot);
        return bot;
    }

    /// <returns>As it is now; the same revision if the changes change nothing.</returns>
    /// <exception cref="ApiProblem">As <see cref="CreateAsync"/>; 412: somebody else changed it since it was read.</exception>
    public async Task<Bot> ChangeAsync(Bot current, Bot wanted, CancellationToken ct)
    {
        var isRewritten = TextOf(wanted.Flow) != TextOf(current.Flow);
        if (!isRewritten && (wanted.Name, wanted.IsEnabled, wanted.ChannelsText, wanted.PublishedVersion) == (current.Name, current.IsEnabled, current.ChannelsText, current.PublishedVersion)) return current;
        if (isRewritten) await CheckAsync(wanted.Flow, ct);
        var changed = wanted with { Version = current.Version + (isRewritten ? 1 : 0), Revision = current.Revision + 1, UpdatedAt = clock.GetUtcNow() };
        if (await db.ExecuteAsync(Update, RowOf(changed), ct) == 0) throw ApiProblem.PreconditionFailed();
        if (isRewritten) await WriteVersionAsync(changed, ct);
        if (changed.PublishedVersion is not null && changed.PublishedVersion != current.PublishedVersion) events.Record("bot.published", changed);
        else events.Record("bot.updated", changed);
        return changed;
    }

    public async Task RemoveAsync(Bot current, CancellationToken ct)
    {
        if (await db.ExecuteAsync(Delete, new { current.Id, current.Revision }, ct) == 0) throw ApiProblem.PreconditionFailed();
        events.Record("bot.deleted", current);
    }

    /// <exception cref="ApiProblem">422: what is wrong with the flow, by its place.</exception>
    public async Task CheckAsync(BotFlow flow, CancellationToken ct)
    {
        var wrong = FlowCheck.WrongWith(flow, "/flow").ToList();
        foreach (var (at, teamId) in flow.Steps.Index().Where(one => one.Item.TeamId is not null).Select(one => ($"/flow/steps/{one.Index}/team_id", one.Item.TeamId)).Append(("/flow/team_id", flow.TeamId)))
            if (teamId is { } team && await db.FindAsync<int?>(HasTeam, new { TeamId = team }, ct) is null) wrong.Add(new FieldError(at, "not_found", "There is no such team."));
        if (flow.CalendarId is { } calendar && await db.FindAsync<int?>(HasCalendar, new { CalendarId = calendar }, ct) is null) wrong.Add(new FieldError("/flow/calendar_id", "not_found", "There is no such business calendar."));
        if (wrong.Count > 0) throw ApiProblem.Invalid(wrong);
    }

    private Task<int> WriteVersionAsync(Bot bot, CancellationToken ct) => db.ExecuteAsync(InsertVersion, new
    {
        BotId = bot.Id, bot.Version, FlowText = TextOf(bot.Flow), AuthorKind = caller.Actor.Kind, AuthorId = caller.Actor.Id, AuthorName = caller.Actor.Name, Now = bot.UpdatedAt,
    }, ct);

    private static object RowOf(Bot bot) => new { bot.Id, bot.Name, bot.ChannelsText, bot.IsEnabled, LatestVersion = bot.Version, bot.PublishedVersion, bot.PublishedAt, bot.Revision, bot.CreatedAt, bot.UpdatedAt };

    private static string TextOf(BotFlow flow) => JsonSerializer.Serialize(flow, StrictJson.Options);

    private static readonly TenantSql Count = TenantSql.Of("SELECT COUNT(*) FROM Bots b WHERE b.TenantId = @TenantId");

    private static readonly TenantSql HasTeam = TenantSql.Of("SELECT 1 FROM Teams t WHERE t.TenantId = @TenantId AND t.Id = @TeamId");

    private static readonly TenantSql HasCalendar = TenantSql.Of("SELECT 1 FROM BusinessCalendars c WHERE c.TenantId = @TenantId AND c.Id = @CalendarId");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Bots (TenantId, Id, Name, ChannelsText, IsEnabled, LatestVersion, PublishedVersion, PublishedAt, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Name, @ChannelsText, @IsEnabled, @LatestVersion, @PublishedVersion, @PublishedAt, @Revision, @CreatedAt, @UpdatedAt)
        """);

    private static readonly TenantSql InsertVersion = TenantSql.Of("""
        INSERT INTO BotVersions (TenantId, BotId, Version, FlowText, AuthorKind, AuthorId, AuthorName, CreatedAt)
        VALUES (@TenantId, @BotId, @Version, @FlowText, @AuthorKind, @AuthorId, @AuthorName, @Now)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE Bots
        SET Name = @Name, ChannelsText = @ChannelsText, IsEnabled = @IsEnabled, LatestVersion = @LatestVersion, PublishedVersion = @PublishedVersion, PublishedAt = @PublishedAt,
            Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision - 1
        """);

    private static readonly TenantSql Delete = TenantSql.Of("""
        DELETE FROM Bots
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision
        """);
}
