using CustomerCrm.Bots.Answering;
using CustomerCrm.Bots.Reports;
using CustomerCrm.Conversations.Redaction;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.OpenApi.Answering;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Bots;

internal static class BotRoutes
{
    public static IServiceCollection AddBots(this IServiceCollection services) => services
        .AddScoped<BotWriter>().AddScoped<BotLookups>().AddScoped<BotHours>().AddScoped<BotHandOver>().AddScoped<BotTickets>().AddScoped<BotChoice>().AddScoped<BotReply>().AddScoped<TalkBook>().AddScoped<IRedactionWatcher, RedactedAnswers>().AddJob<AnswerByBotJob, AnswerByBot>().AddEventConsumer<BotConsumer>();

    /// <summary>Programs that answer customers by rules, say that they are programs, and give way to a person at one word.</summary>
    public static void MapBots(this IEndpointRouteBuilder api)
    {
        var bots = api.MapGroup("/bots").WithTags("Bots");

        bots.MapGet("/", ListBots).WithName("ListBots").Needs("bots:read").Lists(List).Describe("List bots",
            "The oldest first: on each channel the first that is enabled and published answers.");
        bots.MapPost("/", CreateBot.Handle).Needs("bots:write").MayAnswer(409, "too_many_bots").Describe("Create a bot",
            "With the first version of its flow, which answers nobody before it is published. What is wrong with a flow is told by its place, all at once: targets, slots and fields that there are not, steps that nothing leads to, circles in which nobody is asked anything, patterns that could take long. "
            + "A bot begins by saying that it is one. A word for a person, in English, German, French or Serbian, reaches one at any time, also while it waits for an answer; this cannot be changed. A hand-over opens a ticket where the conversation has none, with all that was said in it; `flow.ticket` says otherwise.");
        bots.MapGet("/{bot_id}", Show).WithName("ShowBot").Needs("bots:read").Describe("Show a bot",
            "With the latest version of its flow, and which version answers. Its `ETag` is its revision, for `If-Match`.");
        bots.MapPatch("/{bot_id}", ChangeBot.Handle).Needs("bots:write").Describe("Change a bot",
            "Absent members stay. Another `flow` is a new version; the published one goes on answering until the new one is published.");
        bots.MapDelete("/{bot_id}", ChangeBot.Remove).WithName("RemoveBot").Needs("bots:write").Describe("Delete a bot",
            "With its flows. What it said stays in the conversations, and its figures are gone.");
        bots.MapPost("/{bot_id}/publication", ChangeBot.Publish).WithName("PublishBot").Needs("bots:write").Describe("Publish a bot",
            "Its latest version answers from now on; talks that are under way go on with it, from where they stand. Twice does no harm.");
        bots.MapDelete("/{bot_id}/publication", ChangeBot.Unpublish).WithName("UnpublishBot").Needs("bots:write").Describe("Take a bot back",
            "It says nothing any more; conversations wait for people.");
        bots.MapGet("/{bot_id}/versions", ListBotVersions.Handle).WithName("ListBotVersions").Needs("bots:read").Describe("List a bot's versions",
            "Every flow that was written, the latest first, with who wrote it and which one answers.");
        bots.MapPost("/{bot_id}/versions/{bot_version}/restoration", ListBotVersions.Restore).WithName("RestoreBotVersion").Needs("bots:write").Describe("Restore a bot's version",
            "Its flow is written again as a new version; what was written since stays in the list.");
        bots.MapPost("/{bot_id}/try", TryBot.Handle).ReadsOnly().Needs("bots:read").Describe("Try a bot",
            "What it would say to these messages, and why: which intents were compared and with what score, which answer was read as what, which case held, what was looked up. With `flow`, one that is not saved yet. Nothing is kept, and nobody is told.");
        bots.MapGet("/{bot_id}/report", ShowBotReport.Handle).WithName("ShowBotReport").Needs("bots:read").MayLag().Describe("Show a bot's report",
            "Resolution, hand-over, containment and satisfaction with 95 % intervals, altogether and by intent, and why it handed over. Each figure says how it is counted.");
        bots.MapGet("/{bot_id}/unrecognised", ListUnrecognised.Handle).WithName("ListUnrecognisedPhrases").Needs("bots:read").MayLag().Describe("List unrecognised phrases",
            "What customers said and the bot recognised no intent in, the most frequent first: what it should learn.");
    }

    internal static async Task<Page<Bot>> ListBots(ListQuery query, TenantDb db, CancellationToken ct)
    {
        var page = await List.ReadAsync(query, db, null, ct);
        return new Page<Bot> { Data = [.. page.Data.Select(row => row.ToBot())], HasMore = page.HasMore, NextCursor = page.NextCursor, NextLink = page.NextLink };
    }

    internal static Task<Bot> Show([FromRoute(Name = "bot_id")] Id<Bot> botId, TenantDb db, CancellationToken ct) => Bot.FindAsync(botId, db, ct);

    internal static readonly ListOf<BotRow> List = ListOf<BotRow>.From(Bot.Matching, "b.Id", bot => bot.Id.ToBytes())
        .SortedBy("created_at", "b.CreatedAt", bot => bot.CreatedAt)
        .FilteredBy("is_enabled", "b.IsEnabled", FilterType.Boolean, Operators.Equal);
}
