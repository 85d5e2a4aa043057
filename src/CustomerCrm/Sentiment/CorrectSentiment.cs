using System.ComponentModel.DataAnnotations;
using CustomerCrm.Analytics.Sentiment;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Sentiment;

/// <summary>PUT and DELETE /interactions/{interaction_id}/sentiment/correction: a person knows better, or says that it is right.</summary>
public static class CorrectSentiment
{
    public sealed record Request
    {
        /// <summary>How the customer felt. The same as was read confirms it, and counts for the accuracy.</summary>
        [Required] public SentimentLabel? Label { get; init; }
    }

    internal static Task<InteractionSentiment> Handle(
        [FromRoute(Name = "interaction_id")] Id<Interaction> interactionId, Request request, Caller caller, TenantDb db, EventLog events, TimeProvider clock, CancellationToken ct) =>
        SayAsync(interactionId, request.Label, caller.Actor, db, events, clock, ct);

    internal static Task<InteractionSentiment> Withdraw(
        [FromRoute(Name = "interaction_id")] Id<Interaction> interactionId, TenantDb db, EventLog events, TimeProvider clock, CancellationToken ct) =>
        SayAsync(interactionId, null, null, db, events, clock, ct);

    private static async Task<InteractionSentiment> SayAsync(
        Id<Interaction> interactionId, SentimentLabel? label, Actor? by, TenantDb db, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var before = await InteractionSentiment.FindAsync(interactionId, db, ct);
        if (before.Correction?.Label == label) return before;
        await db.ExecuteAsync(Say, new { InteractionId = interactionId, Label = label, Kind = by?.Kind, by?.Id, by?.Name, At = by is null ? (DateTimeOffset?)null : clock.GetUtcNow() }, ct);
        var after = await InteractionSentiment.FindAsync(interactionId, db, ct);
        events.Record("sentiment.corrected", after, (await ShowInteraction.FindAsync(interactionId, db, ct)).CustomerId.Value);
        return after;
    }

    private static readonly TenantSql Say = TenantSql.Of("""
        UPDATE InteractionSentiments
        SET CorrectLabel = @Label, Label = COALESCE(@Label, ReadLabel), CorrectorKind = @Kind, CorrectorId = @Id, CorrectorName = @Name, CorrectedAt = @At
        WHERE TenantId = @TenantId
          AND InteractionId = @InteractionId
        """);
}
