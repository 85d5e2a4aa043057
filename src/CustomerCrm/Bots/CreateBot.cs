using System.ComponentModel.DataAnnotations;
using CustomerCrm.Bots.Flow;
using CustomerCrm.Interactions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Bots;

/// <summary>POST /bots</summary>
public static class CreateBot
{
    /// <example>
    /// {"name":"Kim","flow":{"locale":"en","intents":[{"name":"order_status","phrases":["where is my order","track my parcel"],"step":"tell"}],"steps":[{"name":"tell","do":"order_status"}]}}
    /// </example>
    public sealed record Request
    {
        [StringLength(100, MinimumLength = 1), RegularExpression(@"^.*\S.*$")] public required string Name { get; init; }

        /// <summary>chat, if nothing is said.</summary>
        /// <example>["chat"]</example>
        [MinLength(1), MaxLength(8)] public IReadOnlyList<InteractionChannel> Channels { get; init; } = [InteractionChannel.Chat];

        /// <summary>true, if nothing is said. It answers once it is published.</summary>
        public bool? IsEnabled { get; init; }

        public required BotFlow Flow { get; init; }
    }

    internal static async Task<Created<Bot>> Handle(Request request, BotWriter writer, CancellationToken ct)
    {
        var bot = await writer.CreateAsync(request, ct);
        return TypedResults.Created($"/v1/bots/{bot.Id}", bot);
    }
}
