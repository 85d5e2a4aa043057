using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Batches;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Track;

/// <summary>POST /track/batch: each item as POST /track would take it, with an answer of its own.</summary>
public static class TrackManyEvents
{
    public sealed record Request
    {
        [AnsweredByItem, MinLength(1), MaxLength(Batch.MostItems)]
        public required IReadOnlyList<TrackEvent.Request> Items { get; init; }
    }

    internal static Task<JsonHttpResult<BatchAnswer<TrackEvent.Receipt>>> Handle(Request request, TrackWriter writer, Caller caller, CancellationToken ct) =>
        Batch.RunAsync(request.Items, item => writer.RecordAsync(item, TrackEvent.OriginOf(caller), ct));
}
