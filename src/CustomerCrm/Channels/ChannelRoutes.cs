using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.OpenApi.Answering;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Channels;

internal static class ChannelRoutes
{
    /// <summary>Every channel of the tenant.</summary>
    public sealed record Channels
    {
        /// <summary>The usual ones first.</summary>
        public required IReadOnlyList<Channel> Data { get; init; }
    }

    public static IServiceCollection AddChannels(this IServiceCollection services) => services.AddScoped<ChannelReader>().AddScoped<ChannelWriter>();

    /// <summary>Where customers and the tenant write to each other, and what can be said there: how long, with which files, and for how long after the customer wrote.</summary>
    public static void MapChannels(this IEndpointRouteBuilder api)
    {
        var channels = api.MapGroup("/channels").WithTags("Channels");

        channels.MapGet("/", ListChannels).WithName("ListChannels").Needs("channels:read").Describe("List channels",
            "All of them: e-mail, phone, chat, SMS, social, in person, web form and self-service, which are always there, and the tenant's own.");
        channels.MapPost("/", CreateChannel.Handle).Needs("channels:write").MayAnswer(409, "channel_exists").MayAnswer(409, "too_many_channels").Describe("Create a channel",
            "One that a program of yours carries. What customers write there it hands over by `POST /v1/conversations/messages` with `channel_id`; what agents answer it hears as `conversation.message_sent`, and says what became of it by the entry's `delivery`. What the channel does not take is refused where it is written.");
        channels.MapGet("/{channel_id}", Show).WithName("ShowChannel").Needs("channels:read").Describe("Show a channel",
            "What can be said on it. Its `ETag` is its revision, for `If-Match`; of a usual one that was never changed it is 0.");
        channels.MapPatch("/{channel_id}", ChangeChannel.Handle).Needs("channels:write").MayAnswer(409, "channel_exists").Describe("Change a channel",
            "Absent members stay. The usual ones can be changed, too: another length, other files, an `address` that answers to e-mails come back to. Its kind does not change.");
        channels.MapDelete("/{channel_id}", ChangeChannel.Remove).WithName("RemoveChannel").Needs("channels:write").MayAnswer(409, "built_in_channel").Describe("Delete a channel",
            "What was said on it stays, as said on the usual channel of its kind. 409 `built_in_channel` for one that is always there.");
    }

    private static async Task<Channels> ListChannels(ChannelReader reader, CancellationToken ct) => new() { Data = await reader.AllAsync(ct) };

    private static Task<Channel> Show([FromRoute(Name = "channel_id")] Id<Channel> channelId, ChannelReader reader, CancellationToken ct) => reader.FindAsync(channelId, ct);
}
