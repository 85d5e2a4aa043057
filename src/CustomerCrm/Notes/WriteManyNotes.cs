using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Batches;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Notes;

/// <summary>POST /notes/batch: each item as POST /notes would take it, with an answer of its own.</summary>
public static class WriteManyNotes
{
    public sealed record Request
    {
        [AnsweredByItem, MinLength(1), MaxLength(Batch.MostItems)]
        public required IReadOnlyList<WriteNote.Request> Items { get; init; }
    }

    internal static Task<JsonHttpResult<BatchAnswer<Note>>> Handle(Request request, NoteWriter writer, CancellationToken ct) =>
        Batch.RunAsync(request.Items, async item => (StatusCodes.Status201Created, await writer.AddAsync(item, ct)));
}
