using System.ComponentModel.DataAnnotations;
using CustomerCrm.Bots.Answering;
using CustomerCrm.Bots.Flow;
using CustomerCrm.Bots.Talking;
using CustomerCrm.Customers;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Validation;
using CustomerCrm.Tenant;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Bots;

/// <summary>POST /bots/{bot_id}/try: the test console. Nothing is kept, and nobody is told.</summary>
public static class TryBot
{
    /// <example>{"messages":["where is my order?","C-1042"],"language":"en"}</example>
    public sealed record Request
    {
        /// <summary>What a customer would write, one after the other.</summary>
        /// <example>["where is my order?"]</example>
        [MinLength(1), MaxLength(50), TriedMessages] public required IReadOnlyList<string> Messages { get; init; }

        /// <summary>Another flow than the latest version: one that is not saved yet.</summary>
        public BotFlow? Flow { get; init; }

        /// <summary>The customer who writes, as one who has proven who they are: their orders are told. Left out: a stranger.</summary>
        public Id<Customer>? CustomerId { get; init; }

        /// <summary>The tenant's, if nothing is said.</summary>
        [StringLength(20), LanguageTag] public string? Language { get; init; }

        /// <summary>When; now if nothing is said: by it people are there or not.</summary>
        public DateTimeOffset? At { get; init; }

        public InteractionChannel Channel { get; init; } = InteractionChannel.Chat;
    }

    public sealed record Response
    {
        public required IReadOnlyList<Turn> Data { get; init; }
    }

    /// <summary>A message, what the bot said to it, and why.</summary>
    public sealed record Turn
    {
        /// <example>where is my order?</example>
        public required string Message { get; init; }

        /// <summary>Empty: it would say nothing, since the talk has ended by a hand-over.</summary>
        /// <example>["What is the number of your order?"]</example>
        public required IReadOnlyList<string> Says { get; init; }

        /// <summary>Each decision in its order.</summary>
        public required IReadOnlyList<BotReason> Explanation { get; init; }

        /// <summary>What was recognised, and how surely.</summary>
        /// <example>order_status</example>
        public string? Intent { get; init; }

        public double? Score { get; init; }
        public required BotOutcome Outcome { get; init; }

        /// <summary>Of a hand-over: asked, not_understood, flow, not_helpful, not_identified, failed.</summary>
        public string? Reason { get; init; }

        /// <summary>Where it stands then.</summary>
        public required BotState State { get; init; }
    }

    internal static async Task<Response> Handle(
        [FromRoute(Name = "bot_id")] Id<Bot> botId, Request request, TenantDb db, BotWriter writer, BotLookups lookups, BotHours hours, CurrentSettings settings, TimeProvider clock, CancellationToken ct)
    {
        var bot = await Bot.FindAsync(botId, db, ct);
        if (request.CustomerId is { } customerId) await ShowCustomer.FindAsync(customerId, db, ct);
        if (request.Flow is { } unsaved) await writer.CheckAsync(unsaved, ct);
        var flow = request.Flow ?? bot.Flow;
        var (areOpen, opensAt) = await hours.AtAsync(flow, request.At ?? clock.GetUtcNow(), ct);
        var language = request.Language ?? (await settings.GetAsync(ct)).Locale;
        var facts = new BotFacts
        {
            IsIdentified = request.CustomerId is not null, Language = language, Channel = WireName.Of(request.Channel), AreOpen = areOpen, OpensAt = opensAt, BotName = bot.Name,
        };
        var (state, turns) = (new BotState { Locale = language }, new List<Turn>());
        foreach (var message in request.Messages)
        {
            if (turns is [.., { Outcome: BotOutcome.HandedOver } or { Outcome: BotOutcome.MessageTaken, State.TakesMessage: false }])
            {
                turns.Add(new Turn { Message = message, Says = [], Explanation = [new BotReason("hand_over", "A person has the conversation.")], Outcome = BotOutcome.HandedOver, State = state });
                continue;
            }
            if (turns is [.., { Outcome: BotOutcome.Resolved }]) state = new BotState { Locale = language, IsIntroduced = true };
            var move = await lookups.HearAsync(keeps: false, flow, state, message, facts, request.CustomerId, ct);
            state = move.State;
            turns.Add(new Turn { Message = message, Says = move.Says, Explanation = move.Why, Intent = move.Intent, Score = move.Score, Outcome = move.Outcome, Reason = move.Reason, State = state });
        }
        return new Response { Data = turns };
    }
}

/// <summary>Each has 1 to 2,000 characters.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TriedMessagesAttribute() : EachTextAttribute("A message has 1 to 2,000 characters.")
{
    public override string Code => "invalid";

    protected override bool IsRight(string text) => text.Length is >= 1 and <= 2000;
}

/// <summary>An enumeration's value as JSON has it.</summary>
internal static class WireName
{
    public static string Of<T>(T value) where T : struct, Enum => System.Text.Json.JsonSerializer.SerializeToElement(value, StrictJson.Options).GetString()!;
}
