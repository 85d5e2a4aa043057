using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Notes;

/// <summary>PATCH and DELETE /notes/{note_id}. What it is of and who wrote it stay.</summary>
public static class ChangeNote
{
    public sealed record Request
    {
        /// <example>Prefers to be called in the morning.</example>
        [Required, StringLength(20_000, MinimumLength = 1)] public Change<string> Body { get; init; }

        public Change<bool> IsPinned { get; init; }
    }

    internal static async Task<Note> Handle([FromRoute(Name = "note_id")] Id<Note> noteId, Request request, IfMatch ifMatch, TenantDb db, NoteWriter writer, CancellationToken ct)
    {
        var current = await Note.FindAsync(noteId, db, ct);
        ifMatch.Check(current.Revision);
        return await writer.ChangeAsync(current, current with { Body = request.Body.Or(current.Body)!, IsPinned = request.IsPinned.Or(current.IsPinned) }, ct);
    }

    internal static async Task<NoContent> Remove([FromRoute(Name = "note_id")] Id<Note> noteId, IfMatch ifMatch, TenantDb db, NoteWriter writer, CancellationToken ct)
    {
        var current = await Note.FindAsync(noteId, db, ct);
        ifMatch.Check(current.Revision);
        await writer.RemoveAsync(current, ct);
        return TypedResults.NoContent();
    }
}
