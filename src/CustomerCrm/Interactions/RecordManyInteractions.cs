using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Batches;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Interactions;

/// <summary>POST /v1/interactions/batch: each item as POST /v1/interactions would take it, with an answer of its own.</summary>
public static class RecordManyInteractions
{
    public sealed record Request
    {
        [AnsweredByItem, MinLength(1), MaxLength(Batch.MostItems)]
        public required IReadOnlyList<RecordInteraction.Request> Items { get; init; }
    }

    internal static Task<JsonHttpResult<BatchAnswer<Interaction>>> Handle(Request request, InteractionWriter writer, CancellationToken ct) =>
        Batch.RunAsync(request.Items, item => writer.RecordAsync(item, ct));
}
