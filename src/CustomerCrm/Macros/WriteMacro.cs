using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Teams;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Macros;

/// <summary>POST /macros, PATCH and DELETE /macros/{macro_id}.</summary>
public static class WriteMacro
{
    internal const int MostActions = 20;

    public sealed record Request
    {
        /// <example>Ask for the order number</example>
        [StringLength(200, MinimumLength = 1)] public required string Name { get; init; }

        [StringLength(1000)] public string? Description { get; init; }

        /// <summary>In the order in which they are taken.</summary>
        [MinLength(1), MaxLength(MostActions)] public required IReadOnlyList<MacroAction> Actions { get; init; }

        public SharedWith SharedWith { get; init; } = SharedWith.Everybody;

        /// <summary>For <c>shared_with</c> team.</summary>
        public Id<Team>? TeamId { get; init; }
    }

    public sealed record Changes
    {
        /// <example>Ask for the order number</example>
        [Required, StringLength(200, MinimumLength = 1)] public Change<string> Name { get; init; }

        [StringLength(1000)] public Change<string> Description { get; init; }

        /// <summary>All anew.</summary>
        [Required, MinLength(1), MaxLength(MostActions)] public Change<IReadOnlyList<MacroAction>> Actions { get; init; }

        public Change<SharedWith> SharedWith { get; init; }
        public Change<Id<Team>?> TeamId { get; init; }
    }

    internal static async Task<Created<Macro>> Create(Request request, MacroBook book, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var macro = await book.AddAsync(new Macro
        {
            Id = Id<Macro>.New(), Name = request.Name, Description = request.Description, Actions = request.Actions, SharedWith = request.SharedWith, TeamId = request.TeamId, Revision = 1, CreatedAt = now, UpdatedAt = now,
        }, ct);
        return TypedResults.Created($"/v1/macros/{macro.Id}", macro);
    }

    internal static async Task<Macro> Update([FromRoute(Name = "macro_id")] Id<Macro> macroId, Changes request, IfMatch ifMatch, MacroBook book, CancellationToken ct)
    {
        var current = await book.FindAsync(macroId, ct);
        ifMatch.Check(current.Revision);
        return await book.ChangeAsync(current, current with
        {
            Name = request.Name.Or(current.Name)!,
            Description = request.Description.Or(current.Description),
            Actions = request.Actions.Or(current.Actions)!,
            SharedWith = request.SharedWith.Or(current.SharedWith),
            TeamId = request.TeamId.Or(current.TeamId),
        }, ct);
    }

    internal static async Task<NoContent> Remove([FromRoute(Name = "macro_id")] Id<Macro> macroId, IfMatch ifMatch, MacroBook book, CancellationToken ct)
    {
        var current = await book.FindAsync(macroId, ct);
        ifMatch.Check(current.Revision);
        await book.RemoveAsync(current, ct);
        return TypedResults.NoContent();
    }
}
